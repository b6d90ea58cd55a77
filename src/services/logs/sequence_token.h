#pragma once

#include <string_view>

namespace everseal::logs {

// AWS wants none any more; older clients send back what they were given.
inline constexpr std::string_view sequence_token =
    "49039859646046391883180600000000000000000000000000000000";

}  // namespace everseal::logs
