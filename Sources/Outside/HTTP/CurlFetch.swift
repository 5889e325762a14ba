import CCurl
import Foundation

/// One request through libcurl, with its redirects. Blocks; runs on a queue of the fetcher's.
struct CurlFetch {
  let allowsPrivate: Bool

  /// libcurl never follows by itself: each address is checked here first.
  func follow(_ first: FetchRequest) -> Result<FetchAnswer, FetchError> {
    var request = first
    for _ in 0...max(0, min(first.redirects, 5)) {
      guard FetchRequest.allows(request.url, allowsPrivate: allowsPrivate) else { return .failure(.notAllowed) }
      switch ask(request) {
      case .failure(let error): return .failure(error)
      case .success(let hop):
        guard let next = hop.redirect, request.method == .get, first.redirects > 0 else { return .success(hop.answer) }
        request.url = next
      }
    }
    return .failure(.unreachable("too many redirects"))
  }

  private struct Hop {
    let answer: FetchAnswer
    let redirect: String?
  }

  private func ask(_ request: FetchRequest) -> Result<Hop, FetchError> {
    guard CurlLibrary.isReady, let handle = curl_easy_init() else { return .failure(.unreachable("libcurl does not start")) }
    defer { curl_easy_cleanup(handle) }
    let exchange = FetchExchange(limit: request.limit, allowsPrivate: allowsPrivate)
    let context = Unmanaged.passUnretained(exchange).toOpaque()
    var headers: UnsafeMutablePointer<curl_slist>?
    for header in request.headers where header.value.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) {
      headers = curl_slist_append(headers, "\(header.name): \(header.value)")
    }
    defer { curl_slist_free_all(headers) }
    var failed = false
    func note(_ code: CURLcode) { if code != CURLE_OK { failed = true } }
    note(tandem_curl_set_text(handle, CURLOPT_URL, request.url))
    note(tandem_curl_set_text(handle, CURLOPT_PROTOCOLS_STR, allowsPrivate ? "https,http" : "https"))
    note(tandem_curl_set_text(handle, CURLOPT_PROXY, ""))
    note(tandem_curl_set_text(handle, CURLOPT_USERAGENT, "Tandem"))
    note(tandem_curl_set_text(handle, CURLOPT_ACCEPT_ENCODING, "identity"))
    for (option, value) in [
      (CURLOPT_NOSIGNAL, 1), (CURLOPT_FOLLOWLOCATION, 0), (CURLOPT_TIMEOUT, request.seconds), (CURLOPT_CONNECTTIMEOUT, request.seconds),
      (CURLOPT_SSL_VERIFYPEER, 1), (CURLOPT_SSL_VERIFYHOST, 2), (CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2)),
      (CURLOPT_MAXFILESIZE, request.limit),
    ] { note(tandem_curl_set_number(handle, option, value)) }
    note(tandem_curl_set_list(handle, CURLOPT_HTTPHEADER, headers))
    note(tandem_curl_set_pointer(handle, CURLOPT_OPENSOCKETDATA, context))
    note(tandem_curl_set_opener(handle) { context, _, address in FetchExchange.from(context)?.open(address) ?? CURL_SOCKET_BAD })
    note(tandem_curl_set_pointer(handle, CURLOPT_WRITEDATA, context))
    note(
      tandem_curl_set_transfer(handle, CURLOPT_WRITEFUNCTION) { bytes, size, count, context in
        FetchExchange.from(context)?.take(bytes, size &* count) ?? 0
      })
    note(tandem_curl_set_pointer(handle, CURLOPT_HEADERDATA, context))
    note(
      tandem_curl_set_transfer(handle, CURLOPT_HEADERFUNCTION) { bytes, size, count, context in
        FetchExchange.from(context)?.hear(bytes, size &* count)
        return size &* count
      })
    var body = request.body
    let code = body.withUnsafeMutableBytes { bytes -> CURLcode in
      if request.method == .post {
        note(tandem_curl_set_number(handle, CURLOPT_POST, 1))
        note(tandem_curl_set_number(handle, CURLOPT_POSTFIELDSIZE, bytes.count))
        // An empty body needs an address all the same, else libcurl would read from standard input.
        note(tandem_curl_set_pointer(handle, CURLOPT_POSTFIELDS, bytes.baseAddress ?? context))
      }
      if failed { return CURLE_FAILED_INIT }
      return withExtendedLifetime(exchange) { curl_easy_perform(handle) }
    }
    if exchange.isRefused { return .failure(.notAllowed) }
    if exchange.isTooLarge || code == CURLE_FILESIZE_EXCEEDED { return .failure(.tooLarge) }
    if code == CURLE_OPERATION_TIMEDOUT { return .failure(.timedOut) }
    guard code == CURLE_OK else { return .failure(.unreachable(String(cString: curl_easy_strerror(code)))) }
    var status = 0
    _ = tandem_curl_get_number(handle, CURLINFO_RESPONSE_CODE, &status)
    var redirect: UnsafeMutablePointer<CChar>?
    _ = tandem_curl_get_text(handle, CURLINFO_REDIRECT_URL, &redirect)
    let next = redirect.map { String(cString: $0) }
    return .success(
      Hop(
        answer: FetchAnswer(status: status, headers: exchange.headers, body: exchange.body),
        redirect: [301, 302, 303, 307, 308].contains(status) ? next : nil))
  }
}

/// libcurl's one start for the whole process.
enum CurlLibrary {
  static let isReady: Bool = {
    // OpenSSL writes to sockets that the other side may have closed; the signal for that would end the whole process.
    signal(SIGPIPE, SIG_IGN)
    return curl_global_init(Int(CURL_GLOBAL_ALL)) == CURLE_OK
  }()
}
