import CCurl

/// How an exchange ended, in our terms.
struct SMTPOutcome {
  let failure: MailError?
  /// Whether a connection kept from an earlier mail turned out to be closed before the server answered anything.
  let foundClosed: Bool

  init(_ code: CURLcode, _ dialogue: SMTPDialogue, detail: String, reused: Bool) {
    failure = SMTPOutcome.failure(code, dialogue, detail)
    foundClosed = code != CURLE_OK && reused && (dialogue.reply == nil || dialogue.reply?.code == 421)
  }

  private static func failure(_ code: CURLcode, _ dialogue: SMTPDialogue, _ detail: String) -> MailError? {
    let words = detail.isEmpty ? String(cString: curl_easy_strerror(code)) : HeaderText.oneLine(detail)
    switch code {
    case CURLE_OK:
      return nil
    case CURLE_PEER_FAILED_VERIFICATION, CURLE_USE_SSL_FAILED, CURLE_SSL_CONNECT_ERROR, CURLE_SSL_CACERT_BADFILE, CURLE_SSL_CIPHER,
      CURLE_SSL_ISSUER_ERROR, CURLE_SSL_INVALIDCERTSTATUS, CURLE_NOT_BUILT_IN, CURLE_UNKNOWN_OPTION, CURLE_BAD_FUNCTION_ARGUMENT:
      return .notSecure(words)
    case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_CONNECT, CURLE_OPERATION_TIMEDOUT, CURLE_GOT_NOTHING:
      return .unreachable(words)
    default:
      guard let reply = dialogue.reply else { return .unreachable(words) }
      let refusal = MailError.Refusal(code: reply.code, text: reply.text, step: dialogue.step)
      switch reply.code {
      case 400..<500: return .temporary(refusal)
      case 500..<600: return .permanent(refusal)
      default: return .unreachable(words)
      }
    }
  }
}
