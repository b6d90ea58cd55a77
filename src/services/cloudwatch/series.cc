#include "services/cloudwatch/series.h"

#include <algorithm>

#include "aws/protocol/json.h"
#include "aws/protocol/print.h"
#include "aws/protocol/read.h"

namespace everseal::cloudwatch {

std::string text_of(std::vector<Dimension> dimensions) {
  std::ranges::sort(dimensions);
  return aws::protocol::print_json(aws::protocol::print(dimensions));
}

Result<std::vector<Dimension>> dimensions_in(std::string_view text) {
  const auto document = aws::protocol::parse_json(text);
  if (!document) return document.error();
  return aws::protocol::build<std::vector<Dimension>>(*document);
}

}  // namespace everseal::cloudwatch
