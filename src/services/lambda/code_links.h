#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "clock/clock.h"
#include "encoding/bytes.h"
#include "keys/vault.h"
#include "result/result.h"
#include "services/lambda/function.h"
#include "sql/database.h"

namespace everseal::lambda {

// Addresses from which the code of functions can be fetched for ten minutes by whoever has one, as
// GetFunction hands them out. What it leads to is sealed in the address. Thread-safe.
class CodeLinks {
 public:
  static constexpr std::chrono::minutes lasts{10};
  // No bucket has such a name.
  static constexpr std::string_view path = "/_functions/code/";

  // `base_url`: where this server is reached, "https://everseal.example".
  CodeLinks(sql::Database& database, const keys::Vault& vault, const Clock& clock,
            std::function<std::string()> base_url)
      : database_(database), vault_(vault), clock_(clock), base_url_(std::move(base_url)) {}

  Result<std::string> link_to(const Function& function) const;
  // The zip file. Nothing: it is no such address, its time is over, or that code is not there any
  // more.
  Result<std::optional<Bytes>> follow(std::string_view path_of_request) const;

 private:
  sql::Database& database_;
  const keys::Vault& vault_;
  const Clock& clock_;
  const std::function<std::string()> base_url_;
};

}  // namespace everseal::lambda
