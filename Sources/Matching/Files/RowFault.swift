/// A row, or a whole file, that cannot be taken as it is.
public struct RowFault: Error, Sendable, Hashable, CustomStringConvertible {
  /// The file's name.
  public var file: String
  /// The line in which the row ends, counted from 1; 0 when the fault is the file's as a whole.
  public var line: Int
  /// What is wrong, such as "not an integer: 'abc'".
  public var reason: String

  /// Makes a fault.
  public init(file: String, line: Int, reason: String) {
    self.file = file
    self.line = line
    self.reason = reason
  }

  public var description: String { line > 0 ? "\(file) line \(line): \(reason)" : "\(file): \(reason)" }
}
