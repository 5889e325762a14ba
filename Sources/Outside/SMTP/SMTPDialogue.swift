/// What is said and heard in one exchange: feeds the message to libcurl, remembers the step and the server's last reply.
/// Used by one thread at a time, inside `curl_easy_perform`.
final class SMTPDialogue {
  private let message: [UInt8]
  private var sent = 0
  let heloName: String?
  private(set) var step = MailError.Refusal.Step.greeting
  private(set) var reply: (code: Int, text: String)?
  private var replyIsComplete = true
  /// After a refusal libcurl takes leave; the server's "221 Bye" is not the answer that matters.
  private var isLeaving = false

  init(_ task: SMTPTask) {
    switch task {
    case .deliver(let sender, _, let message):
      self.message = message
      self.heloName = sender.domain
    case .probe:
      self.message = []
      self.heloName = nil
    }
  }

  static func from(_ context: UnsafeMutableRawPointer?) -> SMTPDialogue? {
    context.map { Unmanaged<SMTPDialogue>.fromOpaque($0).takeUnretainedValue() }
  }

  /// Copies the next piece of the message; returns its length, 0 at the end.
  func read(into target: UnsafeMutablePointer<CChar>?, _ capacity: Int) -> Int {
    let count = min(capacity, message.count - sent)
    guard let target, count > 0 else { return 0 }
    let free = UnsafeMutableRawBufferPointer(start: target, count: count)
    free.copyBytes(from: message[sent..<sent + count])
    sent += count
    return count
  }

  /// A command of ours. Only its verb is looked at: the line may be a password.
  func said(_ bytes: UnsafeMutablePointer<CChar>?, _ count: Int) {
    guard let bytes else { return }
    let verb = UnsafeRawBufferPointer(start: bytes, count: min(count, 5))
    switch String(decoding: verb, as: UTF8.self) {
    case "AUTH ": step = .signIn
    case "MAIL ": step = .sender
    case "RCPT ": step = .recipient
    case "DATA\r": step = .message
    case "QUIT\r": isLeaving = true
    default: break
    }
  }

  /// A line of the server: `250-text` goes on, `250 text` ends the reply.
  func hear(_ bytes: UnsafeMutablePointer<CChar>?, _ count: Int) {
    guard let bytes, count >= 3, !isLeaving else { return }
    let line = String(decoding: UnsafeRawBufferPointer(start: bytes, count: min(count, 1000)), as: UTF8.self)
    guard let code = Int(line.prefix(3)) else { return }
    let words = HeaderText.oneLine(String(line.dropFirst(4)))
    let earlier = replyIsComplete ? "" : (reply?.text ?? "") + " "
    reply = (code, String((earlier + words).prefix(500)))
    replyIsComplete = !line.dropFirst(3).hasPrefix("-")
  }
}
