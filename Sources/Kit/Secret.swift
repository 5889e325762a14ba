/// A password, code or token on its way. It prints as dots, so that no log line or error text can carry it.
public struct Secret<Value: Sendable>: Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  public let exposed: Value
  public init(_ value: Value) { exposed = value }
  public var description: String { "•••" }
  public var debugDescription: String { "•••" }
  public var customMirror: Mirror { Mirror(self, children: [:]) }
}

extension Secret: Decodable where Value: Decodable {
  public init(from decoder: any Decoder) throws { exposed = try Value(from: decoder) }
}
extension Secret: Hashable where Value: Hashable {}
extension Secret: Equatable where Value: Equatable {}
