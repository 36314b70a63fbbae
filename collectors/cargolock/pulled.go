package cargolock

// pull notes for each package from elsewhere the lines of manifests with which its chain leaves the workspace.
// via is the package before each in its chain.
func (w *workspace) pull(lock *Lock, via []int) {
	pulled := make([][]int, len(lock.Packages))
	lines := func(member, dep int) []int {
		at := []int{}
		for _, r := range w.requirements(lock, member, dep) {
			at = append(at, len(lock.Requirements))
			lock.Requirements = append(lock.Requirements, r)
		}
		return at
	}
	for i := range lock.Packages {
		// The way up, until a package whose lines are known or that is the workspace's own.
		way := []int{}
		for j := i; j >= 0 && pulled[j] == nil; j = via[j] {
			way = append(way, j)
		}
		for k := len(way) - 1; k >= 0; k-- {
			j := way[k]
			switch from := via[j]; {
			case lock.Packages[j].Kind == "path" || from < 0:
				pulled[j] = []int{}
			case lock.Packages[from].Kind == "path":
				pulled[j] = lines(from, j)
			default:
				pulled[j] = pulled[from]
			}
		}
		lock.Packages[i].Pulled = pulled[i]
	}
}
