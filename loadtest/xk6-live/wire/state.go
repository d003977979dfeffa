package wire

import "hash/maphash"

// State is what a client holds of a scope at a position. States are values: a fold makes a new one, and whoever held the
// old one still holds it. One table carries all states of a line: the newest has it, an older one knows what to undo to
// have it back (Baker's trick), so that a step costs its changes, and ten thousand sockets that hold the same share it.
// A line is for one goroutine.
type State struct {
	Scope    string
	Position uint64
	Sum      uint32
	// print is a second, 64-bit sum over all cells and rows: with Sum it tells whether two states are the same.
	print uint64
	cells int
	rows  int

	table *table
	newer *State
	undo  []change
}

type table struct {
	cells map[string]int64
	rows  map[string]rowPrint
	day   string
}

type rowPrint struct {
	hash  uint32
	print uint64
}

type change struct {
	key  string
	kind byte
	cell int64
	row  rowPrint
}

const (
	cellChange = iota
	rowChange
	dayChange
)

// Empty is what is held before the first delta.
func Empty(scope string) *State {
	return &State{Scope: scope, table: newTable()}
}

func newTable() *table {
	return &table{cells: map[string]int64{}, rows: map[string]rowPrint{}}
}

// Cells and Rows are counts.
func (s *State) Cells() int { return s.cells }
func (s *State) Rows() int  { return s.rows }

// Same says whether two states of a scope hold the same, as far as 96 bits of sums tell.
func (s *State) Same(other *State) bool {
	return s.Position == other.Position && s.Sum == other.Sum && s.print == other.print && s.cells == other.cells && s.rows == other.rows
}

// own brings the line's table to this state.
func (s *State) own() *table {
	var line []*State
	for at := s; at.table == nil; at = at.newer {
		line = append(line, at)
	}
	for i := len(line) - 1; i >= 0; i-- {
		older := line[i]
		newer := older.newer
		t := newer.table
		newer.undo = t.apply(older.undo)
		newer.newer, newer.table = older, nil
		older.table, older.newer, older.undo = t, nil, nil
	}
	return s.table
}

// apply undoes changes, the last first, and returns what would undo that.
func (t *table) apply(changes []change) []change {
	back := make([]change, 0, len(changes))
	for i := len(changes) - 1; i >= 0; i-- {
		switch c := changes[i]; c.kind {
		case cellChange:
			back = append(back, change{kind: cellChange, key: c.key, cell: t.setCell(c.key, c.cell)})
		case rowChange:
			back = append(back, change{kind: rowChange, key: c.key, row: t.setRow(c.key, c.row)})
		default:
			back = append(back, change{kind: dayChange, key: t.day})
			t.day = c.key
		}
	}
	return back
}

// setCell returns the value before; 0: no cell.
func (t *table) setCell(key string, value int64) int64 {
	before := t.cells[key]
	if value == 0 {
		delete(t.cells, key)
	} else {
		t.cells[key] = value
	}
	return before
}

func (t *table) setRow(key string, row rowPrint) rowPrint {
	before := t.rows[key]
	if row == (rowPrint{}) {
		delete(t.rows, key)
	} else {
		t.rows[key] = row
	}
	return before
}

var seed = maphash.MakeSeed()

func printOf(key string, value uint64) uint64 {
	h := maphash.String(seed, key) ^ value*0x9e3779b97f4a7c15
	h = (h ^ h>>30) * 0xbf58476d1ce4e5b9
	h = (h ^ h>>27) * 0x94d049bb133111eb
	return h ^ h>>31
}
