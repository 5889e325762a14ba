import Synchronization

/// One sender, any number of listeners in this process. A listener that falls behind loses the oldest of its 64 waiting values.
public final class Broadcast<Value: Sendable>: Sendable {
  private let listeners = Mutex<[Int: AsyncStream<Value>.Continuation]>([:])
  private let serial = Atomic<Int>(0)

  public init() {}

  public var count: Int { listeners.withLock { $0.count } }

  public func send(_ value: Value) {
    for listener in listeners.withLock({ Array($0.values) }) { listener.yield(value) }
  }

  public func listen() -> AsyncStream<Value> {
    let number = serial.add(1, ordering: .relaxed).newValue
    let (stream, continuation) = AsyncStream.makeStream(of: Value.self, bufferingPolicy: .bufferingNewest(64))
    continuation.onTermination = { [weak self] _ in self?.listeners.withLock { $0[number] = nil } }
    listeners.withLock { $0[number] = continuation }
    return stream
  }
}
