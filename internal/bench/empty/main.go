// Command empty is the floor of every process: a Go program that does nothing.
package main

func main() {}
