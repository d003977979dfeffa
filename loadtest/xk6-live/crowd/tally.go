package crowd

// LatencyMsMax bounds the histogram; what came later counts as this.
const LatencyMsMax = 60_000

// Tally is what was counted since it was last taken.
type Tally struct {
	// Latencies: how often each ms from commit to delivery came.
	Latencies map[int]int
	Counts    map[string]int
	// Problem is the first thing that should never have come.
	Problem string
	// Sockets open now, Behind: scopes whose last question brought news or no answer, Away: sockets planned and not open.
	Sockets, Behind, Away int
}

// counters are plain fields: a crowd counts hundred thousands a second.
type counters struct {
	deliveries, bytes, packedBytes, folded          int
	gaps, mismatches, stale, unanswered, denied     int
	snapshots, resumed, opened, cut, refused        int
	closedByHub, lostSockets, errors                int
	openedLive, openedPacked, openedSocketio, tells int
}

func (c *counters) named() map[string]int {
	all := map[string]int{
		"deliveries": c.deliveries, "bytes": c.bytes, "packedBytes": c.packedBytes, "folded": c.folded,
		"gaps": c.gaps, "mismatches": c.mismatches, "stale": c.stale, "unanswered": c.unanswered, "denied": c.denied,
		"snapshots": c.snapshots, "resumed": c.resumed, "opened": c.opened, "cut": c.cut, "refused": c.refused,
		"closedByHub": c.closedByHub, "lostSockets": c.lostSockets, "errors": c.errors,
		"opened:live": c.openedLive, "opened:packed": c.openedPacked, "opened:socketio": c.openedSocketio,
	}
	for name, count := range all {
		if count == 0 {
			delete(all, name)
		}
	}
	return all
}

// delivered takes the ms from commit to delivery.
func (c *Crowd) delivered(at float64) {
	ms := min(max(int(c.nowMs-at+0.5), 0), LatencyMsMax)
	c.latencies[ms]++
	c.counts.deliveries++
}

// Take gives what was counted since the last call.
func (c *Crowd) Take() Tally {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	taken := Tally{Latencies: map[int]int{}, Counts: c.counts.named(), Problem: c.problem, Sockets: c.open}
	for ms, count := range c.latencies {
		if count > 0 {
			taken.Latencies[ms] = int(count)
			c.latencies[ms] = 0
		}
	}
	c.counts = counters{}
	for _, s := range c.sockets {
		if !s.open() {
			taken.Away++
		}
		for i := range s.held {
			if s.held[i].last != level {
				taken.Behind++
			}
		}
	}
	return taken
}
