// Package conventions holds the tests that keep the project's conventions. It has no other code.
package conventions
