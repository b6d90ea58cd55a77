#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "clock/clock.h"
#include "http/message.h"
#include "keys/sealed_links.h"
#include "keys/vault.h"
#include "result/result.h"
#include "services/elbv2/trust_stores/followed.h"
#include "sql/database.h"

namespace everseal::elbv2::trust_stores {

// URLs at which the files of trust stores are fetched. By real time, as signatures are.
// Thread-safe.
class ContentLinks {
 public:
  // No bucket can be called so.
  static constexpr std::string_view path = "/.trust-store/";

  // `url`: where the server is reached, "https://pki.example:4566".
  ContentLinks(sql::Database& database, const keys::Vault& vault, const Clock& wall,
               std::function<std::string()> url, Followed followed);

  Result<std::string> to_bundle(std::int64_t store) const;
  Result<std::string> to_revocation(std::int64_t store, std::int64_t id) const;

  // What is at such a URL: PEM. 403: the time is over, or no such URL was ever made; 404: what it
  // is of is gone.
  http::Response answer(const http::RequestHead& head) const;

 private:
  Result<std::string> link(std::int64_t store, std::int64_t revocation_id) const;

  sql::Database& database_;
  const keys::SealedLinks links_;
  Followed followed_;
};

}  // namespace everseal::elbv2::trust_stores
