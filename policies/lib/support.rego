# Package policies.lib.support says how long distributions are supported.
package policies.lib.support

# last is the last day of a system's support; undefined where it is not known. long is true where free
# long-term support counts too.
last(system, long) := system.extended_end if {
	long
	system.extended_end != ""
}

last(system, long) := system.end if {
	not long
	system.end != ""
}

# days is how many days are left to a day such as "2028-06-30"; 0 on the day itself.
days(day) := (midnight(day) - midnight(today)) / 86400000000000

today := time.format([time.now_ns(), "UTC", "2006-01-02"])

midnight(day) := time.parse_ns("2006-01-02", day)
