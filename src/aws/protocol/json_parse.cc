#include <boost/json/basic_parser_impl.hpp>
#include <charconv>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "aws/protocol/json.h"

namespace everseal::aws::protocol {
namespace {

namespace json = boost::json;

constexpr std::size_t deepest = 32;
constexpr std::size_t most_values = 100'000;

// What the parser finds, as a document: no tree of the library's is made in between. The members
// are named and typed as boost::json::basic_parser wants them; `false` with an error stops it.
class Builder {
 public:
  static constexpr std::size_t max_object_size = most_values;
  static constexpr std::size_t max_array_size = most_values;
  static constexpr std::size_t max_key_size = SIZE_MAX;
  static constexpr std::size_t max_string_size = SIZE_MAX;
  using error_code = json::error_code;

  Document take() { return std::move(root_); }

  bool on_document_begin(error_code&) { return true; }
  bool on_document_end(error_code&) { return true; }
  bool on_object_begin(error_code& error) { return open(Document::Members(), error); }
  bool on_object_end(std::size_t, error_code&) { return close(); }
  bool on_array_begin(error_code& error) { return open(Document::List(), error); }
  bool on_array_end(std::size_t, error_code&) { return close(); }
  bool on_key_part(json::string_view part, std::size_t, error_code&) { return gather(part); }
  bool on_key(json::string_view last, std::size_t, error_code&) {
    gather(last);
    open_.back().key = std::exchange(text_, {});
    return true;
  }
  bool on_string_part(json::string_view part, std::size_t, error_code&) { return gather(part); }
  bool on_string(json::string_view last, std::size_t, error_code& error) {
    gather(last);
    return add(Document(std::exchange(text_, {})), error);
  }
  bool on_number_part(json::string_view, error_code&) { return true; }
  bool on_int64(std::int64_t number, json::string_view, error_code& error) {
    return add(Document(number), error);
  }
  bool on_uint64(std::uint64_t number, json::string_view, error_code& error) {
    return add(Document(static_cast<double>(number)), error);
  }
  // The library's own conversion is fast, not exact.
  bool on_double(double number, json::string_view text, error_code& error) {
    double exact = number;
    const auto [stopped, failed] = std::from_chars(text.begin(), text.end(), exact);
    return add(Document(failed == std::errc{} && stopped == text.end() ? exact : number), error);
  }
  bool on_bool(bool value, error_code& error) { return add(Document(value), error); }
  bool on_null(error_code& error) { return add(Document(), error); }
  bool on_comment_part(json::string_view, error_code&) { return true; }
  bool on_comment(json::string_view, error_code&) { return true; }

 private:
  struct Open {
    Document container;
    std::string key;  // of the member that comes next
  };

  bool gather(json::string_view part) {
    text_.append(part.data(), part.size());
    return true;
  }

  bool open(Document::Value container, error_code& error) {
    if (!count(error)) return false;
    open_.push_back({Document(std::move(container)), {}});
    return true;
  }

  bool close() {
    Document closed = std::move(open_.back().container);
    open_.pop_back();
    place(std::move(closed));
    return true;
  }

  bool add(Document value, error_code& error) {
    if (!count(error)) return false;
    place(std::move(value));
    return true;
  }

  void place(Document value) {
    if (open_.empty()) {
      root_ = std::move(value);
    } else if (auto* list = std::get_if<Document::List>(&open_.back().container.value())) {
      list->push_back(std::move(value));
    } else {
      std::get<Document::Members>(open_.back().container.value())
          .emplace_back(std::move(open_.back().key), std::move(value));
    }
  }

  bool count(error_code& error) {
    if (++values_ <= most_values) return true;
    error = json::error::array_too_large;
    return false;
  }

  Document root_;
  std::vector<Open> open_;
  std::string text_;
  std::size_t values_ = 0;
};

bool is_white_space(std::string_view text) {
  return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

}  // namespace

Result<Document> parse_json(std::string_view text) {
  json::parse_options options;
  options.max_depth = deepest;
  json::basic_parser<Builder> parser(options);
  json::error_code error;
  const std::size_t used = parser.write_some(/*more=*/false, text.data(), text.size(), error);
  if (error) return Fault::malformed("JSON: " + error.message());
  if (!is_white_space(text.substr(used))) return Fault::malformed("JSON: more after the end");
  return parser.handler().take();
}

}  // namespace everseal::aws::protocol
