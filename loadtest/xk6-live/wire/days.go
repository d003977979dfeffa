package wire

import (
	"fmt"
	"strings"
	"time"
)

// Days of flow cells that a scope holds of its own area and of the areas inside it (rule D8).
const (
	daysOwn    = 120
	daysInside = 14
)

const dayLayout = "2006-01-02"

// FirstDays are the first days that a scope holds when the operation's day is today.
func FirstDays(today string) (own, inside string, err error) {
	day, err := time.Parse(dayLayout, today)
	if err != nil {
		return "", "", fmt.Errorf("the operation's day: %w", err)
	}
	return day.AddDate(0, 0, 1-daysOwn).Format(dayLayout), day.AddDate(0, 0, 1-daysInside).Format(dayLayout), nil
}

// tooOld says whether a cell of a scope about area has fallen by the calendar.
func tooOld(key, area, own, inside string) bool {
	column, of, _ := strings.Cut(key, "|")
	_, day, flows := strings.Cut(column, "@")
	if !flows {
		return false
	}
	if of == area {
		return day < own
	}
	return day < inside
}

// ScopeArea is the area a scope is about; none for one of a single thing.
func ScopeArea(scope string) string {
	kind, area, found := strings.Cut(scope, ":")
	switch {
	case !found:
		return "TH"
	case kind == "presence" || kind == "facility" || kind == "screen":
		return ""
	}
	return area
}
