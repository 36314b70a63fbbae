package image

import (
	"encoding/binary"
	"fmt"
	"strings"
)

// capabilityNames are those of linux/capability.h, in the order of their bits.
var capabilityNames = strings.Fields(`chown dac_override dac_read_search fowner fsetid kill setgid setuid setpcap
	linux_immutable net_bind_service net_broadcast net_admin net_raw ipc_lock ipc_owner sys_module sys_rawio sys_chroot
	sys_ptrace sys_pacct sys_admin sys_boot sys_nice sys_resource sys_time sys_tty_config mknod lease audit_write
	audit_control setfcap mac_override mac_admin syslog wake_alarm block_suspend audit_read perfmon bpf checkpoint_restore`)

// capabilities decodes the attribute security.capability (struct vfs_ns_cap_data): the permitted ones.
func capabilities(attr string) []string {
	data := []byte(attr)
	if len(data) < 12 {
		return []string{"unknown"}
	}
	bits := uint64(binary.LittleEndian.Uint32(data[4:]))
	if len(data) >= 20 { // revisions 2 and 3 have a second word
		bits |= uint64(binary.LittleEndian.Uint32(data[12:])) << 32
	}
	names := []string{}
	for i := range 64 {
		switch {
		case bits&(1<<i) == 0:
		case i < len(capabilityNames):
			names = append(names, "cap_"+capabilityNames[i])
		default:
			names = append(names, fmt.Sprintf("cap_%d", i))
		}
	}
	return names
}
