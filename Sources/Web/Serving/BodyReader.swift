import Crypto
import HTTPTypes
import Hummingbird
import Kit
import NIOCore

/// Reads the body of a request within its limit, by its content type.
struct BodyReader {
  let endpoint: Endpoint
  let limits: Limits
  let isAPI: Bool
  /// Whether it may be as long as a file.
  let isLong: Bool

  struct Body {
    let value: Value
    /// Whether all values are texts.
    let isForm: Bool
    let hash: String
  }

  func read(_ request: Request) async throws -> Body {
    guard endpoint.method != .get else { return Body(value: .null, isForm: true, hash: "") }
    let buffer = try await isLong ? file(request) : form(request)
    let bytes = Array(buffer.readableBytesView)
    let hash = Array(SHA256.hash(data: bytes)).hex
    let contentType = request.headers[.contentType] ?? ""
    let mediaType = contentType.split(separator: ";").first.map { $0.trimmed.lowercased() } ?? ""
    switch mediaType {
    case "application/json":
      let value = try JSONReader.read(bytes)
      guard case .object = value else { throw Problem.malformed("The body must be an object.") }
      return Body(value: value, isForm: false, hash: hash)
    case "application/x-www-form-urlencoded" where !isAPI:
      guard let text = String(validating: bytes, as: UTF8.self) else { throw Problem.malformed("The form is not UTF-8.") }
      return Body(value: try FormReader.read(text), isForm: true, hash: hash)
    case "multipart/form-data" where endpoint.takesFiles || !isAPI:
      return Body(value: try Multipart.read(bytes, boundary: Multipart.boundary(of: contentType) ?? ""), isForm: true, hash: hash)
    default:
      guard bytes.isEmpty else { throw Problem.unsupported(isAPI ? "Send application/json." : "Send a form.") }
      return Body(value: .null, isForm: !isAPI, hash: hash)
    }
  }

  private func form(_ request: Request) async throws -> ByteBuffer {
    do {
      return try await request.body.collect(upTo: limits.body)
    } catch is NIOTooManyBytesError {
      throw tooLarge(limits.body)
    }
  }

  /// Many files wait for few places, so one that crawls is given up.
  private func file(_ request: Request) async throws -> ByteBuffer {
    let length = request.headers[.contentLength].flatMap { Int($0) }
    let end = ContinuousClock.now + LongBodies.patience(length.map { min($0, limits.file) })
    var buffer = ByteBuffer()
    for try await part in request.body {
      guard buffer.readableBytes + part.readableBytes <= limits.file else { throw tooLarge(limits.file) }
      guard ContinuousClock.now < end else {
        throw Problem.malformed("The file came too slowly. Send a smaller one, or from a faster line.")
      }
      buffer.writeImmutableBuffer(part)
    }
    return buffer
  }

  private func tooLarge(_ limit: Int) -> Problem { .tooLarge("The request is longer than \(limit) bytes.") }

  /// A query value beside a JSON body: a text that stands for the number or choice the field asks for.
  func typed(_ value: Value, _ name: String, isForm: Bool) -> Value {
    guard !isForm, case .string(let text) = value, let property = endpoint.input.properties.first(where: { $0.name == name }) else {
      return value
    }
    switch property.schema {
    case .integer: return Int64(text).map(Value.integer) ?? value
    case .boolean: return text == "true" ? true : text == "false" ? false : value
    default: return value
    }
  }
}
