#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "clock/clock.h"
#include "encoding/bytes.h"
#include "keys/sealed_links.h"
#include "keys/vault.h"
#include "result/result.h"
#include "services/lambda/function.h"
#include "sql/database.h"

namespace everseal::lambda {

// URLs from which the code of functions can be fetched, as GetFunction hands them out. Thread-safe.
class CodeLinks {
 public:
  // No bucket has such a name.
  static constexpr std::string_view path = "/_functions/code/";

  // `url`: where this server is reached, "https://everseal.example".
  CodeLinks(sql::Database& database, const keys::Vault& vault, const Clock& clock,
            std::function<std::string()> url);

  Result<std::string> link_to(const Function& function) const;
  // The zip file. Nothing: it is no such URL, its time is over, or that code is not there any more.
  Result<std::optional<Bytes>> follow(std::string_view path_of_request) const;

 private:
  sql::Database& database_;
  const keys::SealedLinks links_;
};

}  // namespace everseal::lambda
