#pragma once

#include <array>

#include "aws/fields.h"

namespace everseal::logs {

enum class GroupClass { Standard, InfrequentAccess, Delivery };
enum class OrderBy { LogStreamName, LastEventTime };

}  // namespace everseal::logs

namespace everseal::aws {

template <>
inline constexpr auto names_of<logs::GroupClass> = std::to_array<EnumName<logs::GroupClass>>(
    {{logs::GroupClass::Standard, "STANDARD"},
     {logs::GroupClass::InfrequentAccess, "INFREQUENT_ACCESS"},
     {logs::GroupClass::Delivery, "DELIVERY"}});

template <>
inline constexpr auto names_of<logs::OrderBy> =
    std::to_array<EnumName<logs::OrderBy>>({{logs::OrderBy::LogStreamName, "LogStreamName"},
                                            {logs::OrderBy::LastEventTime, "LastEventTime"}});

}  // namespace everseal::aws
