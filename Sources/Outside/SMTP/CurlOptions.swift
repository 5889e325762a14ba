import CCurl

/// The options of one exchange, and the memory that libcurl borrows until it ends.
struct CurlOptions {
  private let handle: UnsafeMutableRawPointer
  private let errorText = UnsafeMutablePointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))
  private var recipients: UnsafeMutablePointer<curl_slist>?
  /// The first option that libcurl did not take. Going on without it could mean going on without TLS.
  private(set) var failure = CURLE_OK

  init(_ handle: UnsafeMutableRawPointer) {
    self.handle = handle
    errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
    set(CURLOPT_ERRORBUFFER, pointer: UnsafeMutableRawPointer(errorText))
  }

  /// libcurl's own words about the last failure.
  var detail: String { String(cString: errorText) }

  mutating func release() {
    _ = tandem_curl_set_pointer(handle, CURLOPT_ERRORBUFFER, nil)
    errorText.deallocate()
    curl_slist_free_all(recipients)
    recipients = nil
  }

  mutating func connect(_ settings: SMTPSettings, heloName: String?, fresh: Bool) {
    set(CURLOPT_URL, settings.curlURL + "/" + (heloName ?? ""))
    set(CURLOPT_PROTOCOLS_STR, "smtp,smtps")
    set(CURLOPT_PROXY, "")
    set(CURLOPT_NOSIGNAL, 1)
    set(CURLOPT_CONNECTTIMEOUT, settings.connectTimeout)
    set(CURLOPT_TIMEOUT, settings.timeout)
    set(CURLOPT_FRESH_CONNECT, fresh ? 1 : 0)
    set(CURLOPT_USE_SSL, settings.security == .none ? Int(CURLUSESSL_NONE.rawValue) : Int(CURLUSESSL_ALL.rawValue))
    set(CURLOPT_SSL_VERIFYPEER, 1)
    set(CURLOPT_SSL_VERIFYHOST, 2)
    set(CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2)
    if let file = settings.certificateAuthorities { set(CURLOPT_CAINFO, file) }
    if let username = settings.username {
      set(CURLOPT_USERNAME, username)
      set(CURLOPT_PASSWORD, settings.password?.exposed ?? "")
    }
  }

  /// The dialogue must outlive the exchange: libcurl holds it without owning it.
  mutating func listen(to dialogue: SMTPDialogue) {
    let context = Unmanaged.passUnretained(dialogue).toOpaque()
    set(CURLOPT_READDATA, pointer: context)
    set(CURLOPT_READFUNCTION) { target, size, count, context in
      SMTPDialogue.from(context)?.read(into: target, size &* count) ?? 0
    }
    set(CURLOPT_HEADERDATA, pointer: context)
    set(CURLOPT_HEADERFUNCTION) { bytes, size, count, context in
      SMTPDialogue.from(context)?.hear(bytes, size &* count)
      return size &* count
    }
    // Without this libcurl prints the answer to NOOP on standard output.
    set(CURLOPT_WRITEFUNCTION) { _, size, count, _ in size &* count }
    set(CURLOPT_DEBUGDATA, pointer: context)
    note(
      tandem_curl_set_trace(handle) { _, kind, bytes, count, context in
        if kind == CURLINFO_HEADER_OUT { SMTPDialogue.from(context)?.said(bytes, count) }
        return 0
      })
    set(CURLOPT_VERBOSE, 1)
  }

  mutating func deliver(_ message: [UInt8], from sender: EmailAddress, to recipient: EmailAddress) {
    recipients = curl_slist_append(nil, "<\(recipient)>")
    note(tandem_curl_set_list(handle, CURLOPT_MAIL_RCPT, recipients))
    set(CURLOPT_MAIL_FROM, "<\(sender)>")
    set(CURLOPT_UPLOAD, 1)
    set(CURLOPT_INFILESIZE, message.count)
  }

  mutating func noop() {
    set(CURLOPT_NOBODY, 1)
    set(CURLOPT_CUSTOMREQUEST, "NOOP")
  }

  private mutating func set(_ option: CURLoption, _ text: String) { note(tandem_curl_set_text(handle, option, text)) }
  private mutating func set(_ option: CURLoption, _ number: Int) { note(tandem_curl_set_number(handle, option, number)) }
  private mutating func set(_ option: CURLoption, pointer: UnsafeMutableRawPointer) {
    note(tandem_curl_set_pointer(handle, option, pointer))
  }
  private mutating func set(_ option: CURLoption, _ transfer: @escaping tandem_curl_transfer) {
    note(tandem_curl_set_transfer(handle, option, transfer))
  }
  private mutating func note(_ code: CURLcode) {
    if failure == CURLE_OK { failure = code }
  }
}
