// Package facttest holds what the tests of all collectors share.
package facttest

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
)

// Whole tells whether facts are whole: no null anywhere, and no field that encoding leaves out. Values
// of type any are the artifact's own and may hold null.
func Whole(facts any) error {
	if err := whole(reflect.ValueOf(facts), "facts"); err != nil {
		return err
	}
	_, err := json.Marshal(facts)
	return err
}

func whole(v reflect.Value, at string) error {
	switch v.Kind() {
	case reflect.Invalid:
		return fmt.Errorf("%s: null", at)
	case reflect.Pointer:
		if v.IsNil() {
			return fmt.Errorf("%s: null", at)
		}
		return whole(v.Elem(), at)
	case reflect.Slice:
		if v.IsNil() {
			return fmt.Errorf("%s: null, want []", at)
		}
		for i := range v.Len() {
			if err := whole(v.Index(i), fmt.Sprintf("%s[%d]", at, i)); err != nil {
				return err
			}
		}
	case reflect.Map:
		if v.IsNil() {
			return fmt.Errorf("%s: null, want {}", at)
		}
		for _, k := range v.MapKeys() {
			if err := whole(v.MapIndex(k), at+"."+k.String()); err != nil {
				return err
			}
		}
	case reflect.Struct:
		for i := range v.NumField() {
			f := v.Type().Field(i)
			if f.IsExported() && strings.Contains(f.Tag.Get("json"), "omitempty") {
				return fmt.Errorf("%s.%s: omitempty leaves the key out", at, f.Name)
			}
			if err := whole(v.Field(i), at+"."+f.Name); err != nil {
				return err
			}
		}
	}
	return nil
}
