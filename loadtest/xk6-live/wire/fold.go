package wire

import "slices"

// Outcome of a delta (rules D1 to D6).
type Outcome uint8

const (
	Applied Outcome = iota
	Replaced
	// Stale is older than what is held; nothing changes.
	Stale
	// Gap begins after what is held; nothing changes, ask with the position held.
	Gap
	// Wrong is folded, and its checksum is not the hub's; ask for everything.
	Wrong
)

func (o Outcome) String() string {
	return [...]string{"applied", "replaced", "stale", "gap", "wrong"}[o]
}

// Fold is applyDelta of hub/contract/live/apply.ts. It returns the state after the delta: s itself where nothing changed.
func (s *State) Fold(d *Delta) (*State, Outcome, error) {
	switch {
	case d.From != 0 && d.From > s.Position:
		return s, Gap, nil
	case d.From != 0 && d.To < s.Position:
		return s, Stale, nil
	}
	step := &step{State: &State{Scope: s.Scope, Position: d.To}}
	if d.From == 0 {
		step.table = newTable()
	} else {
		step.table = s.own()
		step.Sum, step.print, step.cells, step.rows = s.Sum, s.print, s.cells, s.rows
	}
	before := step.table.day
	for _, key := range d.Gone {
		step.row(key, rowPrint{}, "")
	}
	for _, row := range d.Rows {
		step.row(row.Key, rowPrint{hash: row.Hash, print: printOf(row.Key, uint64(row.Hash)) ^ printOf(row.Text, 1)}, row.Day)
	}
	for _, cell := range d.Cells {
		step.cell(cell)
	}
	var err error
	if today := step.table.day; today != "" && today != before {
		err = step.dropOldDays(today)
	}
	if d.From != 0 {
		s.table, s.newer, s.undo = nil, step.State, step.back
	}
	switch {
	case err != nil:
		return s, Wrong, err
	case step.Sum != d.Sum:
		return step.State, Wrong, nil
	case d.From == 0:
		return step.State, Replaced, nil
	}
	return step.State, Applied, nil
}

// step is a state in the making; back undoes it.
type step struct {
	*State
	back []change
}

func (s *step) cell(cell Cell) {
	before := s.table.setCell(cell.Key, cell.Value)
	if before == cell.Value {
		return
	}
	s.back = append(s.back, change{kind: cellChange, key: cell.Key, cell: before})
	s.Sum += CellHash(cell.KeyHash, cell.Value) - CellHash(cell.KeyHash, before)
	if before != 0 {
		s.print -= printOf(cell.Key, uint64(before))
		s.cells--
	}
	if cell.Value != 0 {
		s.print += printOf(cell.Key, uint64(cell.Value))
		s.cells++
	}
}

// row sets a row or, empty, takes it away.
func (s *step) row(key string, row rowPrint, day string) {
	before := s.table.setRow(key, row)
	if key == operationKey && day != s.table.day {
		s.back = append(s.back, change{kind: dayChange, key: s.table.day})
		s.table.day = day
	}
	if before == row {
		return
	}
	s.back = append(s.back, change{kind: rowChange, key: key, row: before})
	s.Sum += row.hash - before.hash
	s.print += row.print - before.print
	if before != (rowPrint{}) {
		s.rows--
	}
	if row != (rowPrint{}) {
		s.rows++
	}
}

// dropOldDays: cells older than the window fall by the calendar, on both sides alike.
func (s *step) dropOldDays(today string) error {
	own, inside, err := FirstDays(today)
	if err != nil {
		return err
	}
	area := ScopeArea(s.Scope)
	var old []string
	for key := range s.table.cells {
		if tooOld(key, area, own, inside) {
			old = append(old, key)
		}
	}
	slices.Sort(old)
	for _, key := range old {
		s.cell(Cell{Key: key, KeyHash: HashText(key)})
	}
	return nil
}
