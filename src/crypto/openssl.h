#pragma once

// For the .cc files of crypto/, its tests and tls/ only: OpenSSL's handles, owned from the line
// that makes them.
#include <openssl/err.h>
#include <openssl/evp.h>

#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>

#include "result/result.h"

namespace everseal::crypto {

template <auto Free>
struct FreeWith {
  template <class T>
  void operator()(T* handle) const {
    Free(handle);
  }
};

using Pkey = std::unique_ptr<EVP_PKEY, FreeWith<EVP_PKEY_free>>;
using PkeyContext = std::unique_ptr<EVP_PKEY_CTX, FreeWith<EVP_PKEY_CTX_free>>;
using Digester = std::unique_ptr<EVP_MD_CTX, FreeWith<EVP_MD_CTX_free>>;

// OpenSSL's queue only explains; whoever holds one of these leaves it empty.
class QuietErrors {
 public:
  QuietErrors() = default;
  QuietErrors(const QuietErrors&) = delete;
  QuietErrors& operator=(const QuietErrors&) = delete;
  ~QuietErrors() { ERR_clear_error(); }
};

// "what: OpenSSL's first reason", and nothing left in the queue.
std::string explained(std::string_view what);

// What OpenSSL can only refuse for lack of memory or because of a bug.
template <class T>
T* required(T* handle, std::string_view what) {
  if (handle == nullptr) throw std::runtime_error(explained(what));
  return handle;
}
inline void require(int outcome, std::string_view what) {
  if (outcome != 1) throw std::runtime_error(explained(what));
}

}  // namespace everseal::crypto
