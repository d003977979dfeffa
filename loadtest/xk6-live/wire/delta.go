package wire

import (
	"fmt"
	"strings"
)

// Cell of a delta: its value is the latest, never a difference.
type Cell struct {
	Key     string
	KeyHash uint32
	Value   int64
}

// Row of a delta, as far as the fold needs it.
type Row struct {
	Key  string
	Hash uint32
	// Text is the row as JavaScript writes it.
	Text string
	// Day of the operation, where this is the row that says it.
	Day string
}

// Delta is everything of a scope that changed after From, as it is at To; From 0 replaces all.
type Delta struct {
	Scope    string
	From, To uint64
	Sum      uint32
	// At: ms since 1970 by PostgreSQL's clock, of the newest commit in it.
	At    float64
	Cells []Cell
	Rows  []Row
	Gone  []string
}

// Nothing says whether nothing changed.
func (d *Delta) Nothing() bool { return len(d.Cells) == 0 && len(d.Rows) == 0 && len(d.Gone) == 0 }

const operationKey = "operation/1"

// ParseDelta reads the text of a delta. It returns an error where the text has not the shape of one.
func ParseDelta(text string) (*Delta, error) {
	r := &reader{text: text}
	d := &Delta{}
	err := r.each('{', '}', func() error {
		name, err := r.textValue()
		if err == nil {
			err = r.expect(':')
		}
		if err != nil {
			return err
		}
		return d.field(r, name)
	})
	if err != nil {
		return nil, fmt.Errorf("no delta: %w", err)
	}
	// What the frame's text is a part of may go; a scope's name is kept by whoever holds it.
	d.Scope = strings.Clone(d.Scope)
	return d, nil
}

func (d *Delta) field(r *reader, name string) (err error) {
	var whole int64
	switch name {
	case "s":
		d.Scope, err = r.textValue()
	case "from":
		whole, err = r.integer()
		d.From = uint64(whole)
	case "to":
		whole, err = r.integer()
		d.To = uint64(whole)
	case "sum":
		whole, err = r.integer()
		d.Sum = uint32(whole)
	case "at":
		d.At, err = r.number()
	case "c":
		err = r.each('[', ']', func() error { return d.group(r) })
	case "r":
		err = r.each('[', ']', func() error { return d.row(r) })
	case "x":
		err = r.each('[', ']', func() error {
			key, err := r.textValue()
			d.Gone = append(d.Gone, key)
			return err
		})
	default:
		err = r.skip()
	}
	return err
}

// group reads [column, area, value, area, value, …].
func (d *Delta) group(r *reader) error {
	column, area := "", ""
	i := 0
	return r.each('[', ']', func() (err error) {
		switch {
		case i == 0:
			column, err = r.textValue()
		case i%2 == 1:
			area, err = r.textValue()
		default:
			var value int64
			if value, err = r.integer(); err == nil {
				key := column + "|" + area
				d.Cells = append(d.Cells, Cell{Key: key, KeyHash: HashText(key), Value: value})
			}
		}
		i++
		return err
	})
}

// row reads [kind, id, …values].
func (d *Delta) row(r *reader) error {
	var head [3]string
	i := 0
	out := []byte{'['}
	err := r.each('[', ']', func() (err error) {
		out = comma(out)
		before := len(out)
		if i < len(head) && r.peek() == '"' {
			head[i], err = r.textValue()
			out = appendScript(out, head[i])
		} else if out, err = r.script(out); i < len(head) {
			head[i] = string(out[before:])
		}
		i++
		return err
	})
	if err != nil {
		return err
	}
	if i < 2 {
		return fmt.Errorf("a row of %d values", i)
	}
	text := string(append(out, ']'))
	row := Row{Key: head[0] + "/" + head[1], Hash: RowHash(text), Text: text}
	if row.Key == operationKey {
		row.Day = strings.Clone(head[2])
	}
	d.Rows = append(d.Rows, row)
	return nil
}
