package policies.lib.requirement_test

import data.policies.lib.requirement

asks(req) := {"package": "rand", "source": "registry", "req": req}

test_fits if {
	requirement.fits(asks("0.8"), {"0.7.3", "0.8.5"})
	requirement.fits(asks(""), {"0.7.3"})
	requirement.fits(asks(">=0.7, <0.9"), {"0.8.5"})
	not requirement.fits(asks("0.9"), {"0.7.3", "0.8.5"})
	not requirement.fits(asks("0.9"), set())
}

test_left_alone if {
	requirement.fits(asks("0.9"), {"0.9.0-rc.1"})
	requirement.fits(asks("1.0.0-rc"), {"0.8.5"})
	requirement.fits({"package": "rand", "source": "git", "req": "7"}, {"0.8.5"})
}

test_said if {
	requirement.said({"1.0.0", "0.9.0"}) == "0.9.0, 1.0.0"
	requirement.said(set()) == "none"
	requirement.spelled("serde_json") == "serde-json"
}
