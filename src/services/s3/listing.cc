#include "services/s3/listing.h"

#include <algorithm>
#include <utility>

namespace everseal::s3 {
namespace {

// The code point at the end of UTF-8 text, and where it begins.
struct Last {
  std::size_t start;
  std::uint32_t code;
};

Last last_code_point(std::string_view text) {
  std::size_t start = text.size() - 1;
  while (start > 0 && (static_cast<unsigned char>(text[start]) & 0xc0U) == 0x80U) --start;
  const auto first = static_cast<unsigned char>(text[start]);
  std::uint32_t code = first < 0x80   ? first
                       : first < 0xe0 ? first & 0x1fU
                       : first < 0xf0 ? first & 0x0fU
                                      : first & 0x07U;
  for (std::size_t at = start + 1; at < text.size(); ++at) {
    code = (code << 6U) | (static_cast<unsigned char>(text[at]) & 0x3fU);
  }
  return {start, code};
}

void append_utf8(std::string& text, std::uint32_t code) {
  const auto octet = [](std::uint32_t value) { return static_cast<char>(value); };
  if (code < 0x80) {
    text += octet(code);
    return;
  }
  if (code < 0x800) {
    text += octet(0xc0U | (code >> 6U));
  } else {
    if (code < 0x10000) {
      text += octet(0xe0U | (code >> 12U));
    } else {
      text += octet(0xf0U | (code >> 18U));
      text += octet(0x80U | ((code >> 12U) & 0x3fU));
    }
    text += octet(0x80U | ((code >> 6U) & 0x3fU));
  }
  text += octet(0x80U | (code & 0x3fU));
}

// The folder that the key folds into, if it does.
std::optional<std::string> folder_of(const ListingQuery& query, std::string_view key) {
  if (query.delimiter.empty()) return std::nullopt;
  const auto found = key.find(query.delimiter, query.prefix.size());
  if (found == key.npos) return std::nullopt;
  return std::string(key.substr(0, found + query.delimiter.size()));
}

// Where to go on reading.
struct Cursor {
  From from = From::At;
  std::string key{};
};

class Paging {
 public:
  Paging(const ListingQuery& query, const ObjectsFrom& objects_from)
      : query_(query), objects_from_(objects_from) {}

  Result<ListingPage> run() {
    if (query_.most == 0 || !start()) return std::move(page_);
    while (!ended_) {
      const auto wanted = std::min<std::int64_t>(query_.most - count() + 1, 1000);
      const auto batch = objects_from_(cursor_.from, cursor_.key, wanted);
      if (!batch) return batch.error();
      take(*batch);
      if (static_cast<std::int64_t>(batch->size()) < wanted && !jumped_) break;
    }
    return std::move(page_);
  }

 private:
  std::int64_t count() const {
    return static_cast<std::int64_t>(page_.objects.size() + page_.folders.size());
  }

  // False: there is nothing behind what was listed.
  bool start() {
    cursor_ = {From::At, query_.prefix};
    if (query_.after.empty() || query_.after < query_.prefix) return true;
    cursor_ = {From::After, query_.after};
    const bool is_folder = folder_of(query_, query_.after) == query_.after;
    return !is_folder || step_over(query_.after);
  }

  bool step_over(const std::string& folder) {
    auto behind = behind_all_of(folder);
    if (!behind) return false;
    cursor_ = {From::At, *std::move(behind)};
    return true;
  }

  void take(const std::vector<Object>& batch) {
    jumped_ = false;
    for (const auto& object : batch) {
      if (!page_.folders.empty() && object.key.starts_with(page_.folders.back())) continue;
      jumped_ = false;
      if (!object.key.starts_with(query_.prefix)) {
        ended_ = true;
        return;
      }
      if (count() == query_.most) {
        page_.is_truncated = ended_ = true;
        return;
      }
      add(object);
    }
  }

  void add(const Object& object) {
    if (auto folder = folder_of(query_, object.key)) {
      page_.last = *folder;
      page_.folders.push_back(*folder);
      jumped_ = step_over(*folder);
      ended_ = !jumped_;
    } else {
      page_.last = object.key;
      cursor_ = {From::After, object.key};
      page_.objects.push_back(object);
    }
  }

  const ListingQuery& query_;
  const ObjectsFrom& objects_from_;
  Cursor cursor_;
  ListingPage page_;
  bool jumped_ = false;  // the cursor stands behind a folder of which the batch may not be the end
  bool ended_ = false;
};

}  // namespace

std::optional<std::string> behind_all_of(std::string_view prefix) {
  std::string text(prefix);
  while (!text.empty()) {
    const auto [start, code] = last_code_point(text);
    text.resize(start);
    if (code == 0x10ffff) continue;
    append_utf8(text, code == 0xd7ff ? 0xe000 : code + 1);
    return text;
  }
  return std::nullopt;
}

Result<ListingPage> list_page(const ListingQuery& query, const ObjectsFrom& objects_from) {
  return Paging(query, objects_from).run();
}

}  // namespace everseal::s3
