package policies.lib.build_test

import data.policies.lib.build

dockerfile := {"final": 2, "stages": [{"name": "base"}, {"name": "test"}, {"name": ""}]}

test_stage if {
	build.stage(dockerfile, "") == 2
	build.stage(dockerfile, "Test") == 1
	build.stage(dockerfile, "0") == 0
}

test_absent if {
	not build.stage(dockerfile, "prod")
	not build.stage(dockerfile, "3")
}
