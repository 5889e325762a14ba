#include <curl/curl.h>

/* Swift cannot call C variadics; each shim fixes the type of the one value that curl_easy_setopt or curl_easy_getinfo takes. */

static inline CURLcode tandem_curl_set_number(CURL *handle, CURLoption option, long value) {
  return curl_easy_setopt(handle, option, value);
}

static inline CURLcode tandem_curl_set_text(CURL *handle, CURLoption option, const char *value) {
  return curl_easy_setopt(handle, option, value);
}

static inline CURLcode tandem_curl_set_list(CURL *handle, CURLoption option, struct curl_slist *value) {
  return curl_easy_setopt(handle, option, value);
}

static inline CURLcode tandem_curl_set_pointer(CURL *handle, CURLoption option, void *value) {
  return curl_easy_setopt(handle, option, value);
}

typedef size_t (*tandem_curl_transfer)(char *bytes, size_t size, size_t count, void *context);

static inline CURLcode tandem_curl_set_transfer(CURL *handle, CURLoption option, tandem_curl_transfer value) {
  return curl_easy_setopt(handle, option, value);
}

typedef int (*tandem_curl_trace)(CURL *handle, curl_infotype kind, char *bytes, size_t count, void *context);

static inline CURLcode tandem_curl_set_trace(CURL *handle, tandem_curl_trace value) {
  return curl_easy_setopt(handle, CURLOPT_DEBUGFUNCTION, value);
}

static inline CURLcode tandem_curl_get_number(CURL *handle, CURLINFO info, long *value) {
  return curl_easy_getinfo(handle, info, value);
}
