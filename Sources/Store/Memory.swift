import Synchronization

/// What a program keeps in memory about one database for as long as it is open: one value of each type.
///
/// Each value guards itself. It must be possible to make it anew from the database at any time.
public final class Memory: Sendable {
  private let values = Mutex<[ObjectIdentifier: any Sendable]>([:])

  /// The value of a type, made when it is asked for the first time.
  public func value<Value: Sendable>(_ make: () -> Value) -> Value {
    values.withLock { values in
      if let known = values[ObjectIdentifier(Value.self)] as? Value { return known }
      let made = make()
      values[ObjectIdentifier(Value.self)] = made
      return made
    }
  }
}
