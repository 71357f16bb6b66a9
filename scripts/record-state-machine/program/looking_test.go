package recorder

import (
	"encoding/json"
	"os"
	"reflect"
	"slices"
	"strings"
	"syscall"
	"unsafe"

	"github.com/cockroachdb/pebble"
	"github.com/fornext-io/fornext/pkg/executor"
)

type message struct {
	Kind    string `json:"kind"`
	Payload any    `json:"payload"`
}

// A field that is not exported. It is read as a debugger reads it.
func fieldOf(of any, name string) reflect.Value {
	field := reflect.ValueOf(of).Elem().FieldByName(name)
	return reflect.NewAt(field.Type(), unsafe.Pointer(field.UnsafeAddr())).Elem()
}

// The executor's clock, moved into a file, so that it can be read when the process has ended.
func keptClock(clock reflect.Value) reflect.Value {
	file, err := os.Create("clock")
	if err != nil {
		panic(err)
	}
	size := int(clock.Type().Elem().Size())
	if err := file.Truncate(int64(size)); err != nil {
		panic(err)
	}
	memory, err := syscall.Mmap(int(file.Fd()), 0, size, syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_SHARED)
	if err != nil {
		panic(err)
	}
	clock.Set(reflect.NewAt(clock.Type().Elem(), unsafe.Pointer(&memory[0])))
	return clock
}

func (r *running) update(to executor.Timestamp) {
	r.clock.MethodByName("Update").Call([]reflect.Value{reflect.ValueOf(to)})
}

func (r *running) look(told *answer) {
	told.Clock = *fieldOf(r.clock.Interface(), "timestamp").Addr().Interface().(*executor.Timestamp)
	told.Store = contextsOf(r.store)
	told.Context = fieldOf(r.executor, "ctx").Interface().(*executor.ExecutionContext)
	told.Called = r.called
	told.Done = r.isDone
	var queue []interface{}
	if told.Deadlock {
		queue = r.leftBehind()
	} else {
		queue = r.queue()
	}
	told.Queue = []message{}
	for _, event := range queue {
		name := reflect.TypeOf(event).Elem().Name()
		kind := strings.TrimSuffix(strings.TrimSuffix(name, "Command"), "Event")
		told.Queue = append(told.Queue, message{kind, event})
	}
}

// The queue of an executor that waits for room in it: all but what it waits to send itself. It goes on after that, and the process ends.
func (r *running) leftBehind() []interface{} {
	queue := make([]interface{}, cap(r.events)+isSending("executor.(*Executor).executeTask.func1(")+isSending("recorder.(*running).put.func1("))
	for i := range queue {
		select {
		case queue[i] = <-r.events:
		default:
			// It was faster.
			os.Exit(4)
		}
	}
	if at := slices.IndexFunc(queue, isMark); at >= 0 {
		queue[at] = r.second
	}
	return queue
}

func isMark(event interface{}) bool {
	_, is := event.(*mark)
	return is
}

func contextsOf(store *executor.Storage) map[string]json.RawMessage {
	db := fieldOf(store, "db").Interface().(*pebble.DB)
	found := map[string]json.RawMessage{}
	all := db.NewIter(nil)
	for all.First(); all.Valid(); all.Next() {
		found[string(all.Key())] = append(json.RawMessage{}, all.Value()...)
	}
	if err := all.Close(); err != nil {
		panic(err)
	}
	return found
}
