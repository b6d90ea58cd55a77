#include "services/s3/operations/post_object.h"

#include <algorithm>
#include <utility>

#include "aws/protocol/read.h"
#include "aws/protocol/restxml.h"
#include "encoding/percent.h"
#include "services/s3/bucket_store.h"
#include "services/s3/description.h"
#include "services/s3/forms/form_errors.h"
#include "services/s3/forms/form_policy.h"
#include "services/s3/forms/form_reader.h"
#include "services/s3/incoming_body.h"
#include "services/s3/object_headers.h"
#include "services/s3/operations/put_object_tagging.h"
#include "services/s3/values/bucket_name.h"
#include "services/s3/values/errors.h"
#include "services/s3/values/tagging.h"
#include "services/s3/visibility.h"
#include "services/s3/writing.h"

namespace everseal::s3 {
namespace {

using Upload = aws::endpoint::Upload<PostObject::Response>;
using Response = PostObject::Response;

std::string field(const HeaderMap& fields, std::string_view name) {
  const auto found = fields.find(std::string(name));
  return found == fields.end() ? std::string() : found->second;
}

// The key, in which "${filename}" stands for the last part of the file's name. It is refused before
// it grows: anybody may send a form.
Result<std::string, ApiError> key_for(std::string_view wanted, std::string_view file_name) {
  constexpr std::string_view variable = "${filename}";
  const auto last = file_name.substr(file_name.find_last_of("/\\") + 1);
  std::string key;
  for (;;) {
    const auto at = wanted.find(variable);
    key += wanted.substr(0, at);
    if (at != wanted.npos) key += last;
    if (auto fine = check_key(key); !fine) return fine.error();
    if (at == wanted.npos) return key;
    wanted.remove_prefix(at + variable.size());
  }
}

// The tags of a form are XML, those of a header are not.
Result<std::string, ApiError> tagging_in(std::string_view xml) {
  using Tagging = PutObjectTagging::Tagging;
  const auto document = aws::protocol::parse_xml(xml, aws::protocol::shape_of<Tagging>);
  if (!document) return malformed_xml();
  const auto tags = aws::protocol::read<Tagging>(*document, aws::Protocol::RestXml);
  if (!tags) return malformed_xml();
  if (auto fine = check_tags(tags->tag_set); !fine) return fine.error();
  return to_tagging(tags->tag_set);
}

// The fields as a PutObject has them in its headers.
Result<HeaderMap, ApiError> as_headers(const HeaderMap& fields) {
  auto headers = fields;
  for (const auto* name : {"acl", "tagging", "key", "policy", "file", "x-amz-signature"}) {
    headers.erase(name);
  }
  if (const auto acl = field(fields, "acl"); !acl.empty()) headers["x-amz-acl"] = acl;
  if (const auto xml = field(fields, "tagging"); !xml.empty()) {
    auto tagging = tagging_in(xml);
    if (!tagging) return tagging.error();
    headers["x-amz-tagging"] = *std::move(tagging);
  }
  return headers;
}

bool is_url(std::string_view text) {
  return text.starts_with("http://") || text.starts_with("https://");
}

class Posting final : public Upload {
 public:
  Posting(const PostObject& operation, PostObject::Request request, aws::Call call)
      : operation_(operation), request_(std::move(request)), call_(std::move(call)) {}

  Result<void, ApiError> read_type() {
    auto reader = FormReader::of_type(
        field(request_.headers, "content-type"),
        {.begin = [this](HeaderMap fields,
                         const std::string& name) { return begin(std::move(fields), name); },
         .append = [this](ByteView octets) { return append(octets); }});
    if (!reader) return reader.error();
    reader_.emplace(*std::move(reader));
    return {};
  }

  Result<void, ApiError> write(ByteView piece) override { return reader_->write(piece); }

  Result<Response, ApiError> finish() override {
    if (auto whole = reader_->finish(); !whole) return whole.error();
    if (size_ < limits_.least) return form_too_small(size_, limits_.least);
    auto received = body_->finish();
    if (!received) return received.error();
    const auto wanted = received_object(std::move(object_), *received);
    const Writing writing{operation_.files, operation_.random, operation_.clock};
    const auto written = write_object(operation_.database, writing, wanted);
    if (!written) return written.error();
    received->file->keep();
    return answer(written->object, written_headers(written->object, written->versioning));
  }

  const aws::Call* proven_call() const override { return is_proven_ ? &call_ : nullptr; }

 private:
  Result<void, ApiError> begin(HeaderMap fields, std::string_view file_name) {
    fields_ = std::move(fields);
    if (field(fields_, "key").empty()) {
      return invalid_argument("key", "", "Bucket POST must contain a field named 'key'.");
    }
    if (auto proven = prove(); !proven) return proven;
    const auto key = key_for(field(fields_, "key"), file_name);
    if (!key) return key.error();
    if (auto may = admit(*key); !may) return may;
    const auto headers = as_headers(fields_);
    if (!headers) return headers.error();
    auto object = described_object(operation_.authorizer, call_, request_.bucket, *key, *headers);
    if (!object) return object.error();
    object_ = *std::move(object);
    auto body = IncomingBody::begin(operation_.files, *headers);
    if (!body) return body.error();
    body_ = *std::move(body);
    return {};
  }

  Result<void, ApiError> prove() {
    const auto signer = signer_of_form(fields_, operation_.credentials);
    if (!signer) return signer.error();
    if (!*signer) return {};
    call_.caller = (*signer)->caller;
    call_.region = (*signer)->region;
    is_proven_ = true;
    const auto limits = limits_of_form(fields_, request_.bucket, operation_.wall.now());
    if (!limits) return limits.error();
    limits_ = *limits;
    return {};
  }

  Result<void, ApiError> admit(const std::string& key) const {
    const auto denied = operation_.authorizer.authorize(call_, "s3:PutObject",
                                                        aws::on(object_arn(request_.bucket, key)));
    if (!denied) return denied.error();
    if (*denied) {
      const bool is_anonymous = call_.caller.kind == aws::Caller::Kind::Anonymous;
      return is_anonymous ? access_denied() : ApiError("AccessDenied", 403, (*denied)->message);
    }
    const auto bucket = operation_.database.read(
        [&](sql::Snapshot& view) { return require_bucket(view, request_.bucket); });
    if (!bucket) return bucket.error();
    return {};
  }

  Result<void, ApiError> append(ByteView octets) {
    size_ += octets.size();
    if (size_ > limits_.most) return form_too_large(size_, limits_.most);
    return body_->write(octets);
  }

  // As the form wants it: a redirect, or a status of its choice.
  Response answer(const Object& object, HeaderMap headers) const {
    Response response{.headers = std::move(headers)};
    const auto path = "/" + object.bucket + "/" + encoding::percent_encode_path(object.key);
    auto redirect = field(fields_, "success_action_redirect");
    if (redirect.empty()) redirect = field(fields_, "redirect");
    if (is_url(redirect)) {
      response.status = 303;
      redirect += redirect.find('?') == redirect.npos ? '?' : '&';
      response.headers["Location"] = redirect + "bucket=" + object.bucket +
                                     "&key=" + encoding::percent_encode(object.key) +
                                     "&etag=" + encoding::percent_encode(quoted_etag(object.etag));
      return response;
    }
    response.headers["Location"] = path;
    const auto wanted = field(fields_, "success_action_status");
    if (wanted == "200") response.status = 200;
    if (wanted == "201") {
      response.status = 201;
      response.made = PostObject::Made{path, object.bucket, object.key, quoted_etag(object.etag)};
    }
    return response;
  }

  const PostObject operation_;
  const PostObject::Request request_;
  aws::Call call_;  // by whoever signed the form
  bool is_proven_ = false;
  std::optional<FormReader> reader_;
  HeaderMap fields_;
  FormLimits limits_;
  Object object_;
  std::unique_ptr<IncomingBody> body_;
  std::uint64_t size_ = 0;
};

}  // namespace

aws::Access PostObject::access(const Request&, const aws::Call&) const {
  return aws::unrestricted();
}

Result<std::unique_ptr<Upload>, ApiError> PostObject::open(const Request& request,
                                                           const aws::Call& call) const {
  auto posting = std::make_unique<Posting>(*this, request, call);
  if (auto fine = posting->read_type(); !fine) return fine.error();
  return std::unique_ptr<Upload>(std::move(posting));
}

}  // namespace everseal::s3
