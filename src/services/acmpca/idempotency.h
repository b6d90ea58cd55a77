#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "clock/clock.h"
#include "sql/database.h"

// Tokens with which a caller says that two requests are one: for five minutes the second is given
// the answer of the first, whatever else it asks for.
namespace everseal::acmpca {

struct TokenKey {
  std::string_view scope;  // the ARN of a CA, or "<account>/<region>"
  std::string_view token;
};

// What was answered to the token, if it still counts.
Result<std::optional<std::string>> earlier_answer(sql::Snapshot& view, const TokenKey& key,
                                                  TimePoint now);

// Claims the token for this answer: nothing, or the answer of whoever was faster.
Result<std::optional<std::string>> claim_token(sql::Transaction& tx, const TokenKey& key,
                                               std::string_view answer, TimePoint now,
                                               TimePoint expires_at);

}  // namespace everseal::acmpca
