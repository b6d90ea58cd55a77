#pragma once

#include <compare>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "aws/fields.h"
#include "result/result.h"

namespace everseal::cloudwatch {

// What a metric is of: "CertificateArn" and the ARN.
struct Dimension {
  std::string name;
  std::string value;
  friend auto operator<=>(const Dimension&, const Dimension&) = default;
  static constexpr auto fields =
      std::tuple{aws::required("Name", &Dimension::name, aws::length(1, 255)),
                 aws::required("Value", &Dimension::value, aws::length(1, 1024))};
};

// A metric of one account and region with its dimensions: what has points.
struct Series {
  std::string account;
  std::string region;
  std::string name_space;  // "AWS/ACMPrivateCA"
  std::string metric;      // "Success"
  std::vector<Dimension> dimensions{};
  std::string unit = "None";
  friend auto operator<=>(const Series&, const Series&) = default;
};

// As they are kept: by name, so that their order makes no difference.
std::string text_of(std::vector<Dimension> dimensions);
// Broken: it is not such a text.
Result<std::vector<Dimension>> dimensions_in(std::string_view text);

}  // namespace everseal::cloudwatch
