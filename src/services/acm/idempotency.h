#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "clock/clock.h"
#include "result/result.h"
#include "services/acm/certificate.h"
#include "sql/database.h"

namespace everseal::acm {

// The ARN that this token of the account and region asked for and that still exists; if there is
// none, the token stands for this certificate from now until `expires_at`. What else the two
// requests asked for does not count. Forgets tokens that have expired.
Result<std::optional<std::string>> remember_request(sql::Transaction& tx,
                                                    const Certificate& certificate,
                                                    std::string_view token, TimePoint now,
                                                    TimePoint expires_at);

}  // namespace everseal::acm
