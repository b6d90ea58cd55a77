// Forms from strangers: whatever the octets are, nothing breaks; a request that fits its model is
// answered in XML that says the same.
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "any_request.h"
#include "aws/protocol/print.h"
#include "aws/protocol/query.h"
#include "aws/protocol/query_names.h"
#include "aws/protocol/read.h"
#include "aws/protocol/restxml.h"

namespace {

using namespace everseal;
using namespace everseal::aws::protocol;

void require(bool holds) {
  if (!holds) std::abort();
}

// What stands between <EchoResult> and </EchoResult>, both included.
std::string_view result_of(std::string_view xml) {
  constexpr std::string_view opening = "<EchoResult>", closing = "</EchoResult>";
  const auto begin = xml.find(opening);
  const auto end = xml.rfind(closing);
  require(begin != xml.npos && end != xml.npos);
  return xml.substr(begin, end + closing.size() - begin);
}

void check_answer(const fuzz::AnyRequest& request) {
  const Shape& shape = shape_of<fuzz::AnyRequest>;
  const aws::ServiceFacts service{.name = "fuzz", .protocol = aws::Protocol::Query};
  const OperationFacts operation{.name = "Echo", .input = &shape, .output = &shape};
  const auto response = Query().print(print(request), service, operation, "1");
  const auto document = parse_xml(result_of(response.body), shape);
  require(document.has_value());
  const auto* tags = document->find("Tags");
  const auto* list = tags != nullptr ? tags->as<aws::Document::List>() : nullptr;
  require((list != nullptr ? list->size() : 0) == request.tags.size());
}

// The same form to a service that flattens its lists and maps, at the address of something.
constexpr std::array<QueryName, 3> names{
    {{"Attributes", "Attribute", "Name", "Value"}, {"Names", "NameOf"}, {"Tags", "TagOf"}}};

void check_flattened(aws::Document document) {
  const Shape& shape = shape_of<fuzz::AnyRequest>;
  const aws::ServiceFacts service{.name = "fuzz",
                                  .protocol = aws::Protocol::Query,
                                  .query_names = names,
                                  .path_member = "Name"};
  const http::RequestHead head{.method = "POST", .target = "/1/q", .headers = {}, .peer = {}};
  const bool had_name = present(document, "Name") != nullptr;
  take_query_names(document, head, service, shape);
  require(present(document, "Name") != nullptr);
  const auto request = read<fuzz::AnyRequest>(document, aws::Protocol::Query);
  if (!request) return;
  require(had_name);  // that of the path does not fit the model
  const OperationFacts operation{.name = "Echo", .input = &shape, .output = &shape};
  const auto response = Query().print(print(*request), service, operation, "1");
  require(result_of(response.body).find("<Attributes>") == std::string_view::npos);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto form = as_text(ByteView(data, size));
  static_cast<void>(form_value(form, "Action"));
  const auto document = parse_form(form);
  if (!document) return 0;
  require(document->as<aws::Document::Members>() != nullptr);
  const auto request = read<fuzz::AnyRequest>(*document, aws::Protocol::Query);
  if (request) check_answer(*request);
  check_flattened(*document);
  return 0;
}
