package wire

import (
	"encoding/base64"
	"encoding/json"
	"os"
	"testing"
)

// The file is written by hub/contract/live/vectors.test.ts: what the TypeScript computes.
type vectors struct {
	Texts []struct {
		Text json.RawMessage
		Hash uint32
	}
	Cells []struct {
		Key   json.RawMessage
		Value int64
		Hash  uint32
	}
	Rows []struct {
		Row  string
		Hash uint32
	}
	Days  []struct{ Today, Own, Inside string }
	Areas []struct{ Scope, Area string }

	Reconnects []struct {
		Code int
		May  bool
	}
	Packed []struct{ Text, Base64 string }
	Folds  []struct {
		Scope string
		Steps []vectorStep
	}
	Refused []string
}

type vectorStep struct {
	Text, Outcome string
	Position      uint64
	Sum           uint32
	Cells, Rows   int
}

func read(t *testing.T) vectors {
	t.Helper()
	file, err := os.ReadFile("testdata/vectors.json")
	if err != nil {
		t.Fatal(err)
	}
	var v vectors
	if err := json.Unmarshal(file, &v); err != nil {
		t.Fatal(err)
	}
	return v
}

// text takes a JSON string by this package's own reader: encoding/json loses lone surrogates.
func text(t *testing.T, raw json.RawMessage) string {
	t.Helper()
	value, err := (&reader{text: string(raw)}).textValue()
	if err != nil {
		t.Fatal(err)
	}
	return value
}

func TestHashesAreTheDashboards(t *testing.T) {
	v := read(t)
	for _, one := range v.Texts {
		if got := HashText(text(t, one.Text)); got != one.Hash {
			t.Errorf("HashText(%s) = %d, not %d", one.Text, got, one.Hash)
		}
	}
	for _, one := range v.Cells {
		if got := CellHash(HashText(text(t, one.Key)), one.Value); got != one.Hash {
			t.Errorf("CellHash(%s, %d) = %d, not %d", one.Key, one.Value, got, one.Hash)
		}
	}
	for _, one := range v.Rows {
		d, err := ParseDelta(`{"r":[` + one.Row + `]}`)
		if err != nil {
			t.Fatal(err)
		}
		if row := d.Rows[0]; row.Text != one.Row || row.Hash != one.Hash {
			t.Errorf("a row reads\n%s and hashes to %d, not\n%s, %d", row.Text, row.Hash, one.Row, one.Hash)
		}
	}
}

func TestCalendarScopesAndCodesAreTheDashboards(t *testing.T) {
	v := read(t)
	for _, one := range v.Days {
		own, inside, err := FirstDays(one.Today)
		if err != nil || own != one.Own || inside != one.Inside {
			t.Errorf("FirstDays(%s) = %s, %s, %v, not %s, %s", one.Today, own, inside, err, one.Own, one.Inside)
		}
	}
	for _, one := range v.Areas {
		if got := ScopeArea(one.Scope); got != one.Area {
			t.Errorf("ScopeArea(%s) = %q, not %q", one.Scope, got, one.Area)
		}
	}
	for _, one := range v.Reconnects {
		if got := MayReconnect(one.Code); got != one.May {
			t.Errorf("MayReconnect(%d) = %v", one.Code, got)
		}
	}
}

func TestPackedFramesUnfold(t *testing.T) {
	for _, one := range read(t).Packed {
		packed, err := base64.StdEncoding.DecodeString(one.Base64)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := Unpack(packed); err != nil || got != one.Text {
			t.Errorf("%d bytes unfold to %q, %v", len(packed), got, err)
		}
		if _, err := Unpack(packed[:len(packed)-2]); err == nil {
			t.Error("half a frame unfolds")
		}
	}
}

func check(t *testing.T, s *State, outcome Outcome, want vectorStep, where string) {
	t.Helper()
	if outcome.String() != want.Outcome || s.Position != want.Position || s.Sum != want.Sum || s.Cells() != want.Cells || s.Rows() != want.Rows {
		t.Fatalf("%s: %s at %d, sum %d, %d cells, %d rows; the dashboard: %+v", where, outcome, s.Position, s.Sum, s.Cells(), s.Rows(), want)
	}
}

func TestFoldsAreTheDashboards(t *testing.T) {
	for _, fold := range read(t).Folds {
		s := Empty(fold.Scope)
		for i, want := range fold.Steps {
			d, err := ParseDelta(want.Text)
			if err != nil {
				t.Fatal(err)
			}
			next, outcome, err := s.Fold(d)
			if err != nil {
				t.Fatalf("step %d: %v", i, err)
			}
			check(t, next, outcome, want, fold.Scope+" "+want.Text)
			s = next
		}
	}
}

// An older state is still what it was, whatever was folded since, and folds to the same again.
func TestOlderStatesStandThroughNewerOnes(t *testing.T) {
	for _, fold := range read(t).Folds {
		states := []*State{Empty(fold.Scope)}
		var deltas []*Delta
		for _, want := range fold.Steps {
			d, err := ParseDelta(want.Text)
			if err != nil {
				t.Fatal(err)
			}
			next, _, _ := states[len(states)-1].Fold(d)
			states, deltas = append(states, next), append(deltas, d)
		}
		for _, i := range []int{len(deltas) - 1, 0, len(deltas) / 2, 1, len(deltas) - 2} {
			again, outcome, err := states[i].Fold(deltas[i])
			if err != nil {
				t.Fatal(err)
			}
			check(t, again, outcome, fold.Steps[i], "again")
			if !again.Same(states[i+1]) {
				t.Fatalf("step %d folds to another state the second time", i)
			}
		}
	}
}

func TestWhatIsNoDeltaIsRefused(t *testing.T) {
	for _, refused := range read(t).Refused {
		if d, err := ParseDelta(refused); err == nil {
			t.Errorf("%q is read as %+v", refused, d)
		}
	}
	for _, bad := range []string{`{"c":[["a","TH",1.5]]}`, `{"r":[["facility"]]}`, `{"r":[["a","\u12"]]}`, `{"s":"\x"}`, `{"x":["a" "b"]}`} {
		if _, err := ParseDelta(bad); err == nil {
			t.Errorf("%q is read", bad)
		}
	}
	if _, _, err := Empty("nation").Fold(&Delta{Rows: []Row{{Key: operationKey, Day: "soon", Hash: 1}}}); err == nil {
		t.Error("a day that is none is folded")
	}
}
