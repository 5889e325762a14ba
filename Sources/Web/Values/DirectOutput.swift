import Kit

/// A result that stands in long lists and so writes its fields as JSON itself, several times as quick as encoding them one by one.
///
/// What it writes is what it encodes: the same names, in snake_case, the same values, in the same order, absent optionals left out.
public protocol DirectOutput: Output {
  func write(to fields: inout DirectFields)
}

/// The fields of an object, written one after the other.
public struct DirectFields: ~Copyable {
  private let output: UnsafeMutablePointer<JSONOutput>
  private var isFirst = true

  /// Writes an object.
  static func write(_ value: some DirectOutput, to output: UnsafeMutablePointer<JSONOutput>) {
    output.pointee.bytes.append(UInt8(ascii: "{"))
    var fields = DirectFields(output: output)
    value.write(to: &fields)
    output.pointee.bytes.append(UInt8(ascii: "}"))
  }

  private init(output: UnsafeMutablePointer<JSONOutput>) { self.output = output }

  private mutating func begin(_ name: StaticString) {
    if !isFirst { output.pointee.bytes.append(UInt8(ascii: ",")) }
    isFirst = false
    output.pointee.bytes.append(UInt8(ascii: "\""))
    output.pointee.bytes.append(name)
    output.pointee.bytes.append("\":")
  }

  public mutating func callAsFunction(_ name: StaticString, _ text: String?) {
    guard let text else { return }
    begin(name)
    output.pointee.write(text)
  }

  public mutating func callAsFunction(_ name: StaticString, _ number: Int) {
    begin(name)
    output.pointee.write(number)
  }

  public mutating func callAsFunction<Of>(_ name: StaticString, _ id: ID<Of>) {
    begin(name)
    output.pointee.write(id.description)
  }

  public mutating func callAsFunction(_ name: StaticString, _ texts: [String]) {
    begin(name)
    output.pointee.write(texts)
  }

  public mutating func callAsFunction(_ name: StaticString, _ inner: (some DirectOutput)?) {
    guard let inner else { return }
    begin(name)
    DirectFields.write(inner, to: output)
  }
}
