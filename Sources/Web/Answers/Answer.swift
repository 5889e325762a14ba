import Hummingbird
import Kit
import NIOCore

/// What an endpoint answers, before it is known whether as a page or as JSON.
public struct Answer: Sendable {
  public enum Content: Sendable {
    /// A template over a value; as JSON, the value.
    case page(String, Value, viewer: Viewer?)
    /// The result of an act; as a page, a redirect.
    case acted(Value, Destination)
    /// Bytes of another type: a calendar, CSV, an image.
    case bytes([UInt8], contentType: String, fileName: String?)
    case stream(ResponseBody, contentType: String)
  }

  public var content: Content
  public var status: Int = 200
  public var headers: [(String, String)] = []

  public static func page(_ template: String, _ value: Value, viewer: Viewer?) -> Answer {
    Answer(content: .page(template, value, viewer: viewer))
  }

  public static func page(_ template: String, _ value: some Output, viewer: Viewer?) throws -> Answer {
    .page(template, try ValueEncoder.encode(value), viewer: viewer)
  }

  public static func acted(_ value: Value, _ destination: Destination, status: Int = 200) -> Answer {
    Answer(content: .acted(value, destination), status: status)
  }

  public static func acted(_ value: some Output, _ destination: Destination, status: Int = 200) throws -> Answer {
    .acted(try ValueEncoder.encode(value), destination, status: status)
  }

  public static func csv(_ text: String, fileName: String) -> Answer {
    Answer(content: .bytes(Array(text.utf8), contentType: "text/csv; charset=utf-8", fileName: fileName))
  }

  public static func bytes(_ bytes: [UInt8], _ contentType: String, fileName: String? = nil) -> Answer {
    Answer(content: .bytes(bytes, contentType: contentType, fileName: fileName))
  }

  public func cookie(_ text: String) -> Answer {
    var copy = self
    copy.headers.append(("Set-Cookie", text))
    return copy
  }
}

/// Where a browser goes after an act, and what it is told there.
public struct Destination: Sendable, Hashable, Codable {
  public struct Undo: Sendable, Hashable, Codable {
    public let action: String
    public let label: String
  }

  /// An own path.
  public var path: String
  public var text: String?
  public var undo: Undo?

  public init(_ path: String, say text: String? = nil, undo: Undo? = nil) {
    self.path = path
    self.text = text
    self.undo = undo
  }

  public static func undo(_ action: String, _ label: String = "Undo") -> Undo { Undo(action: action, label: label) }
}
