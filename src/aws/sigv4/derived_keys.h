#pragma once

#include <cstddef>
#include <cstdint>
#include <list>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "aws/sigv4/claim.h"
#include "crypto/digest.h"
#include "secret/secret.h"

namespace everseal::aws::sigv4 {

// HMAC(HMAC(HMAC(HMAC("AWS4" + secret, date), region), service), "aws4_request"). Whoever gets it
// wipes it.
crypto::Sha256Digest derive_key(const SecretBytes& secret, const Scope& scope);

// The keys derived lately, at most `most` of them: the one that was longest not asked for goes
// first. One access key, date, region and service has one derived key, that of the version asked
// for last. Thread-safe.
class DerivedKeys {
 public:
  explicit DerivedKeys(std::size_t most = 1024) : most_(most) {}

  // Derives it if it is not there.
  crypto::Sha256Digest find(std::string_view access_key_id, std::uint64_t version,
                            const Scope& scope, const SecretBytes& secret);
  std::size_t size() const;

 private:
  struct Entry {
    Entry(std::string entry_name, std::uint64_t of_version, const crypto::Sha256Digest& derived);
    Entry(const Entry&) = delete;
    Entry& operator=(const Entry&) = delete;
    ~Entry() { wipe(key); }
    std::string name;
    std::uint64_t version;
    crypto::Sha256Digest key;
  };
  using Entries = std::list<Entry>;  // the latest first

  void keep(std::string name, std::uint64_t version, const crypto::Sha256Digest& key);
  void forget(Entries::iterator entry);

  const std::size_t most_;
  mutable std::mutex mutex_;
  Entries entries_;                                                  // guarded by mutex_
  std::unordered_map<std::string_view, Entries::iterator> by_name_;  // guarded by mutex_
};

}  // namespace everseal::aws::sigv4
