import Hummingbird
import HTTPTypes

/// Headers of every answer, errors and redirects too.
enum SecurityHeaders {
  static let policy = """
    default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; \
    media-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; \
    frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types tandem
    """

  private static let fixed: [(HTTPField.Name, String)] = [
    ("Content-Security-Policy", policy), ("X-Content-Type-Options", "nosniff"), ("Referrer-Policy", "same-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"), ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=()"),
  ].compactMap { name, value in HTTPField.Name(name).map { ($0, value) } }

  private static let requestIDName = HTTPField.Name("X-Request-Id")

  static func add(to headers: inout HTTPFields, isSecure: Bool, requestID: String) {
    for (name, value) in fixed where headers[name] == nil { headers[name] = value }
    if isSecure { headers[.strictTransportSecurity] = "max-age=31536000" }
    if headers[.cacheControl] == nil { headers[.cacheControl] = "private, no-store" }
    if let name = requestIDName { headers[name] = requestID }
  }
}
