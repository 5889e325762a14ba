import CCurl
import Foundation

/// One libcurl handle, which keeps its connection open between mails.
///
/// libcurl blocks, so every call runs on this connection's own queue, never on Swift's cooperative threads.
/// `@unchecked Sendable`: `handle` is touched on `queue` only, and in `deinit` when no call can be under way.
final class SMTPConnection: @unchecked Sendable {
  private let settings: SMTPSettings
  private let queue = DispatchQueue(label: "tandem.smtp")
  private var handle: UnsafeMutableRawPointer?

  init(_ settings: SMTPSettings) { self.settings = settings }

  deinit {
    if let handle { curl_easy_cleanup(handle) }
  }

  func run(_ task: SMTPTask) async -> Result<Void, MailError> {
    await withCheckedContinuation { continuation in
      queue.async { continuation.resume(returning: self.perform(task)) }
    }
  }

  private func perform(_ task: SMTPTask) -> Result<Void, MailError> {
    guard CurlLibrary.isReady, let handle = handle ?? curl_easy_init() else {
      return .failure(.unreachable("libcurl does not start"))
    }
    self.handle = handle
    let first = exchange(handle, task, fresh: false)
    // A kept connection may have been closed by the server while it slept. Nothing was accepted yet, so once more on a new one.
    let second = first.foundClosed ? exchange(handle, task, fresh: true) : first
    return second.failure.map { .failure($0) } ?? .success(())
  }

  private func exchange(_ handle: UnsafeMutableRawPointer, _ task: SMTPTask, fresh: Bool) -> SMTPOutcome {
    let dialogue = SMTPDialogue(task)
    curl_easy_reset(handle)
    var options = CurlOptions(handle)
    defer { options.release() }
    options.connect(settings, heloName: dialogue.heloName, fresh: fresh)
    options.listen(to: dialogue)
    switch task {
    case .deliver(let sender, let recipient, let message): options.deliver(message, from: sender, to: recipient)
    case .probe: options.noop()
    }
    guard options.failure == CURLE_OK else { return SMTPOutcome(options.failure, dialogue, detail: "", reused: false) }
    let code = withExtendedLifetime(dialogue) { curl_easy_perform(handle) }
    var connects = 1
    _ = tandem_curl_get_number(handle, CURLINFO_NUM_CONNECTS, &connects)
    return SMTPOutcome(code, dialogue, detail: options.detail, reused: connects == 0)
  }
}
