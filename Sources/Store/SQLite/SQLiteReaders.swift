import Dispatch
import Kit
import Synchronization

/// A few readers, each on a thread of its own while it works. Whoever comes when all are taken waits, and the first that is done goes
/// on with them at once: under load no thread sleeps and is woken between two requests.
final class SQLiteReaders: Sendable {
  private typealias Job = @Sendable (Place) -> Void

  /// Touched on its queue only, which runs one thing at a time.
  private final class Place: @unchecked Sendable {
    let queue: DispatchQueue
    private let path: String
    private var opened: SQLiteReader?

    init(path: String, number: Int) {
      self.path = path
      queue = DispatchQueue(label: "tandem.sqlite.\(number)")
    }

    func reader() throws -> SQLiteReader {
      if let opened { return opened }
      let reader = try SQLiteReader(path: path)
      opened = reader
      return reader
    }

    func close() { opened = nil }
  }

  private struct State {
    var idle: [Place]
    var waiting: [Job] = []
    var isClosed = false
  }

  private let places: [Place]
  private let state: Mutex<State>

  /// Connections are opened when they are first needed.
  init(path: String, count: Int = 4) {
    places = (0..<count).map { Place(path: path, number: $0) }
    state = Mutex(State(idle: places.reversed()))
  }

  /// Runs the body on one state of the database.
  func read<Result: Sendable>(_ ioFailed: Flag, _ body: @escaping @Sendable (any Connection) throws -> Result) async throws -> Result {
    let isCancelled = Flag()
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        let isTaken = take { place in
          continuation.resume(
            with: Swift.Result {
              let reader = try place.reader()
              return try reader.snapshot { try body(SQLiteConnection($0, ioFailed, isCancelled)) }
            })
        }
        if !isTaken { continuation.resume(throwing: Problem.unavailable(retryAfter: 5)) }
      }
    } onCancel: {
      isCancelled.set()
    }
  }

  /// Lets what was begun or waits come to its end, then closes every connection.
  func close() {
    state.withLock { $0.isClosed = true }
    for place in places { place.queue.sync { place.close() } }
  }

  private func take(_ job: @escaping Job) -> Bool {
    let (isOpen, free) = state.withLock { state -> (Bool, Place?) in
      if state.isClosed { return (false, nil) }
      // The one used last has the warmest cache.
      if let place = state.idle.popLast() { return (true, place) }
      state.waiting.append(job)
      return (true, nil)
    }
    if let free { free.queue.async { [self] in work(free, job) } }
    return isOpen
  }

  private func work(_ place: Place, _ first: @escaping Job) {
    var next: Job? = first
    while let job = next {
      job(place)
      next = state.withLock { state in
        let following = state.waiting.isEmpty ? nil : state.waiting.removeFirst()
        if following == nil { state.idle.append(place) }
        return following
      }
    }
  }
}
