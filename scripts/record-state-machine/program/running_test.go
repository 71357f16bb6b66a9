package recorder

import (
	"bytes"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing/synctest"

	"github.com/fornext-io/fornext/pkg/executor"
	"github.com/fornext-io/fornext/pkg/fsl"
)

// An event of the recorder's own. The executor takes it for one that it does not know, and only says that it came.
type mark struct{}

// Where the executor is held between two messages.
type holding struct {
	resume chan struct{}
	// Whether it is held, and with which event of its own in hand.
	isHeld bool
	inHand any
	// Whether it is to be held also at events of its own.
	atAny bool
}

var hold = &holding{}

func (h *holding) at(event any) {
	if isMark(event) {
		event = nil
	} else if !h.atAny {
		return
	}
	h.isHeld, h.inHand = true, event
	<-h.resume
}

// An executor at work. Between two commands it is held, and its channel has what is in its queue.
type running struct {
	executor *executor.Executor
	events   chan interface{}
	store    *executor.Storage
	clock    reflect.Value

	mutex sync.Mutex
	// Tasks whose handlers were called, and what these wait for: more than one of a task whose message came twice.
	called  []*executor.CreateTaskCommand
	waiting map[string][]chan []byte
	isDone  bool

	// While a mark is in its place.
	second interface{}
}

func begin(sm *fsl.StateMachine, cmd command) *running {
	r := &running{waiting: map[string][]chan []byte{}}
	handlers := map[string]func(*executor.CreateTaskCommand) []byte{}
	for _, resource := range cmd.Handlers {
		handlers[resource] = r.handle
	}
	r.executor = executor.NewExecutor(sm, handlers)
	r.events = fieldOf(r.executor, "ev").Interface().(chan interface{})
	r.store = fieldOf(r.executor, "store").Interface().(*executor.Storage)
	r.clock = keptClock(fieldOf(r.executor, "c"))
	hold.resume = make(chan struct{})
	r.events <- &mark{}
	r.executor.Run(cmd.Input)
	go func() {
		r.executor.WaitExecutionDone()
		r.isDone = true
	}()
	synctest.Wait()
	return r
}

func (r *running) handle(cmd *executor.CreateTaskCommand) []byte {
	output := make(chan []byte)
	r.mutex.Lock()
	r.called = append(r.called, cmd)
	r.waiting[cmd.ID] = append(r.waiting[cmd.ID], output)
	r.mutex.Unlock()
	return <-output
}

// The queue, taken out of the channel: also what waits for room there.
func (r *running) taken() (queue []interface{}) {
	if hold.inHand != nil {
		queue = append(queue, hold.inHand)
	}
	return append(queue, r.drained()...)
}

func (r *running) drained() (events []interface{}) {
	for {
		select {
		case event := <-r.events:
			events = append(events, event)
		default:
			return events
		}
	}
}

// Puts a queue into the channel. What has no room waits, in its order, as it did before.
func (r *running) put(queue []interface{}) {
	for _, event := range queue {
		select {
		case r.events <- event:
		default:
			go func() { r.events <- event }()
			synctest.Wait()
		}
	}
}

// The queue, which stays as it is.
func (r *running) queue() []interface{} {
	queue := r.taken()
	rest := queue
	if hold.inHand != nil {
		rest = queue[1:]
	}
	r.put(rest)
	return queue
}

// The first message is carried out. Says whether the executor then waits for room in its own queue.
func (r *running) deliver() bool {
	inHand := hold.inHand
	queue := r.taken()
	if len(queue) == 0 {
		return false
	}
	arranged := slices.Clone(queue)
	if len(queue) > 1 {
		// In the place of the second message, so that there is as much room as without it.
		r.second = queue[1]
		arranged[1] = &mark{}
	}
	// Of a command that is alone, the next message is an event of its own: there is room for as much as without a mark.
	hold.atAny = len(queue) == 1 && !isEvent(queue[0])
	if inHand != nil {
		arranged = arranged[1:]
	}
	r.put(arranged)
	if !r.resumed() {
		return true
	}
	if len(queue) > 1 {
		r.put(append([]interface{}{r.second}, r.drained()...))
	}
	return false
}

func isEvent(message interface{}) bool {
	return strings.HasSuffix(reflect.TypeOf(message).Elem().Name(), "Event")
}

// Lets it go until it is held again. Not where it waits for room.
func (r *running) resumed() bool {
	hold.isHeld, hold.inHand = false, nil
	hold.resume <- struct{}{}
	synctest.Wait()
	if hold.isHeld {
		return true
	}
	if isSending("executor.(*Executor).run(") > 0 {
		return false
	}
	// It waits for messages, of which there are none.
	r.events <- &mark{}
	synctest.Wait()
	return hold.isHeld
}

func (r *running) duplicate() {
	if queue := r.queue(); len(queue) > 0 {
		r.put(queue[:1])
	}
}

// A handler comes back. Says whether the executor's queue has no room for that.
func (r *running) complete(id string, output []byte) bool {
	before := isSending("executor.(*Executor).executeTask.func1(")
	r.waiting[id][0] <- output
	r.waiting[id] = r.waiting[id][1:]
	synctest.Wait()
	return isSending("executor.(*Executor).executeTask.func1(") > before
}

var stacks = make([]byte, 1<<20)

// How many goroutines wait to send something there.
func isSending(where string) (count int) {
	size := runtime.Stack(stacks, true)
	for _, stack := range bytes.Split(stacks[:size], []byte("\n\n")) {
		head, rest, _ := strings.Cut(string(stack), "\n")
		if strings.Contains(head, "[chan send") && strings.Contains(rest, where) {
			count++
		}
	}
	return count
}
