# METADATA
# title: ufw shows other rules than it loads
# description: >-
#   Somebody has edited user.rules below ufw's own comments, or before.rules and after.rules, which
#   ufw status does not show. Whoever looks at the status believes in a filter that is not there.
# related_resources:
#   - https://manpages.debian.org/bookworm/ufw/ufw-framework.8.en.html
# custom:
#   severity: medium
#   cwe: [1295]
#   remediation: Make the rule with the ufw command, which writes the comment and the lines below it, or remove it.
#   bad: |
#     -- etc/ufw/ufw.conf --
#     ENABLED=yes
#     -- etc/default/ufw --
#     IPV6=yes
#     DEFAULT_INPUT_POLICY="DROP"
#     DEFAULT_OUTPUT_POLICY="DROP"
#     DEFAULT_FORWARD_POLICY="DROP"
#     -- etc/ufw/user.rules --
#     *filter
#     :ufw-user-input - [0:0]
#     ### RULES ###
#
#     ### tuple ### allow tcp 443 0.0.0.0/0 any 10.0.0.0/8 in
#     -A ufw-user-input -p tcp --dport 8443 -s 10.0.0.0/8 -j ACCEPT
#
#     ### END RULES ###
#     COMMIT
#     -- etc/ufw/user6.rules --
#     *filter
#     :ufw6-user-input - [0:0]
#     COMMIT
#   good: |
#     -- etc/ufw/ufw.conf --
#     ENABLED=yes
#     -- etc/default/ufw --
#     IPV6=yes
#     DEFAULT_INPUT_POLICY="DROP"
#     DEFAULT_OUTPUT_POLICY="DROP"
#     DEFAULT_FORWARD_POLICY="DROP"
#     -- etc/ufw/user.rules --
#     *filter
#     :ufw-user-input - [0:0]
#     ### RULES ###
#
#     ### tuple ### allow tcp 443 0.0.0.0/0 any 10.0.0.0/8 in
#     -A ufw-user-input -p tcp --dport 443 -s 10.0.0.0/8 -j ACCEPT
#
#     ### END RULES ###
#     COMMIT
#     -- etc/ufw/user6.rules --
#     *filter
#     :ufw6-user-input - [0:0]
#     COMMIT
package policies.firewall.ufw_edited

deny contains {"at": ["beliefs", i], "msg": msg} if {
	some i, belief in input.beliefs
	msg := sprintf("ufw shows that %s over %s (%s) is %s, and the rules say %s", [belief.name, belief.family, belief.hook, said(belief.shown), said(belief.loaded)])
}

said(text) := text if text != ""

said("") := "dropped"
