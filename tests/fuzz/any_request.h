#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "aws/arn.h"
#include "aws/fields.h"
#include "clock/clock.h"
#include "encoding/bytes.h"

// A request with a member of every type that an API model knows.
namespace everseal::fuzz {

enum class Status { Active, Disabled };

struct Tag {
  std::string key;
  std::optional<std::string> value;
  static constexpr auto fields =
      std::tuple{aws::required("Key", &Tag::key, aws::length(1, 128), aws::pattern("\\w+")),
                 aws::optional("Value", &Tag::value, aws::length(0, 256))};
};

struct AnyRequest {
  std::optional<std::string> name;
  std::optional<bool> enabled;
  std::optional<std::int32_t> count;
  std::optional<std::int64_t> size;
  std::optional<double> ratio;
  std::optional<TimePoint> at;
  std::optional<Bytes> csr;
  std::optional<Status> status;
  std::optional<aws::Arn> arn;
  std::optional<Tag> tag;
  std::vector<Tag> tags;
  std::vector<std::string> names;
  std::vector<Status> statuses;
  std::map<std::string, std::string> attributes;
  static constexpr auto fields = std::tuple{
      aws::optional("Name", &AnyRequest::name, aws::length(1, 64), aws::pattern("[\\w+=,.@-]+")),
      aws::optional("Enabled", &AnyRequest::enabled),
      aws::optional("Count", &AnyRequest::count, aws::range(1, 1000)),
      aws::optional("Size", &AnyRequest::size),
      aws::optional("Ratio", &AnyRequest::ratio, aws::range(0, 1)),
      aws::optional("At", &AnyRequest::at),
      aws::optional("Csr", &AnyRequest::csr, aws::length(1, 32768)),
      aws::optional("Status", &AnyRequest::status),
      aws::optional("Arn", &AnyRequest::arn, aws::length(5, 200)),
      aws::optional("Tag", &AnyRequest::tag),
      aws::optional("Tags", &AnyRequest::tags, aws::length(1, 50)),
      aws::optional("Names", &AnyRequest::names, aws::each(aws::length(1, 5))),
      aws::optional("Statuses", &AnyRequest::statuses),
      aws::optional("Attributes", &AnyRequest::attributes, aws::each(aws::length(0, 10)))};
};

}  // namespace everseal::fuzz

namespace everseal::aws {
template <>
inline constexpr auto names_of<fuzz::Status> = std::to_array<EnumName<fuzz::Status>>(
    {{fuzz::Status::Active, "ACTIVE"}, {fuzz::Status::Disabled, "DISABLED"}});
}  // namespace everseal::aws
