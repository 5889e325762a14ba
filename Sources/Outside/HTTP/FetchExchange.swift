import CCurl

/// What libcurl hands over while it works: which addresses it opens, and what comes back. Used by one thread at a time.
final class FetchExchange {
  private let limit: Int
  private let allowsPrivate: Bool
  private(set) var headers: [String: String] = [:]
  private(set) var body: [UInt8] = []
  private(set) var isRefused = false
  private(set) var isTooLarge = false

  init(limit: Int, allowsPrivate: Bool) {
    self.limit = limit
    self.allowsPrivate = allowsPrivate
  }

  static func from(_ context: UnsafeMutableRawPointer?) -> FetchExchange? {
    context.map { Unmanaged<FetchExchange>.fromOpaque($0).takeUnretainedValue() }
  }

  /// Opens a socket to a checked address. After one that is not public no other is tried: a name with both kinds is refused.
  func open(_ address: UnsafeMutablePointer<curl_sockaddr>?) -> curl_socket_t {
    guard let address, !isRefused else { return CURL_SOCKET_BAD }
    var bytes = [UInt8](repeating: 0, count: 16)
    let count = bytes.withUnsafeMutableBufferPointer { buffer in tandem_curl_address(address, buffer.baseAddress) }
    guard allowsPrivate || PublicAddress.isPublic(Array(bytes.prefix(Int(count)))) else {
      isRefused = true
      return CURL_SOCKET_BAD
    }
    return tandem_curl_open(address)
  }

  /// Keeps a piece of the answer; anything but `count` ends the exchange.
  func take(_ bytes: UnsafeMutablePointer<CChar>?, _ count: Int) -> Int {
    guard let bytes, body.count + count <= limit else {
      isTooLarge = true
      return 0
    }
    body.append(contentsOf: UnsafeRawBufferPointer(start: bytes, count: count))
    return count
  }

  func hear(_ bytes: UnsafeMutablePointer<CChar>?, _ count: Int) {
    guard let bytes, headers.count < 100 else { return }
    let line = String(decoding: UnsafeRawBufferPointer(start: bytes, count: min(count, 4000)), as: UTF8.self)
    guard let colon = line.firstIndex(of: ":") else { return }
    let value = line[line.index(after: colon)...].filter { !$0.isNewline }
    headers[line[..<colon].lowercased()] = String(value.drop(while: \.isWhitespace))
  }
}
