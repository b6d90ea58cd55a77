#include "services/s3/service.h"

#include "services/s3/operations/abort_multipart_upload.h"
#include "services/s3/operations/complete_multipart_upload.h"
#include "services/s3/operations/copy_object.h"
#include "services/s3/operations/create_bucket.h"
#include "services/s3/operations/create_multipart_upload.h"
#include "services/s3/operations/delete_bucket.h"
#include "services/s3/operations/delete_bucket_policy.h"
#include "services/s3/operations/delete_object.h"
#include "services/s3/operations/delete_object_tagging.h"
#include "services/s3/operations/delete_objects.h"
#include "services/s3/operations/delete_public_access_block.h"
#include "services/s3/operations/get_bucket_acl.h"
#include "services/s3/operations/get_bucket_location.h"
#include "services/s3/operations/get_bucket_ownership_controls.h"
#include "services/s3/operations/get_bucket_policy.h"
#include "services/s3/operations/get_bucket_policy_status.h"
#include "services/s3/operations/get_bucket_versioning.h"
#include "services/s3/operations/get_object.h"
#include "services/s3/operations/get_object_acl.h"
#include "services/s3/operations/get_object_attributes.h"
#include "services/s3/operations/get_object_tagging.h"
#include "services/s3/operations/get_public_access_block.h"
#include "services/s3/operations/head_bucket.h"
#include "services/s3/operations/head_object.h"
#include "services/s3/operations/list_buckets.h"
#include "services/s3/operations/list_multipart_uploads.h"
#include "services/s3/operations/list_object_versions.h"
#include "services/s3/operations/list_objects.h"
#include "services/s3/operations/list_objects_v2.h"
#include "services/s3/operations/list_parts.h"
#include "services/s3/operations/post_object.h"
#include "services/s3/operations/put_bucket_acl.h"
#include "services/s3/operations/put_bucket_ownership_controls.h"
#include "services/s3/operations/put_bucket_policy.h"
#include "services/s3/operations/put_bucket_versioning.h"
#include "services/s3/operations/put_object.h"
#include "services/s3/operations/put_object_acl.h"
#include "services/s3/operations/put_object_tagging.h"
#include "services/s3/operations/put_public_access_block.h"
#include "services/s3/operations/upload_part.h"
#include "services/s3/operations/upload_part_copy.h"
#include "services/s3/sub_resources.h"

namespace everseal::s3 {

aws::Service make_service(const Parts& parts) {
  const auto& [database, files, authorizer, random, clock, credentials, wall] = parts;
  aws::Service service({.name = "s3",
                        .signing_name = "s3",
                        .protocol = aws::Protocol::RestXml,
                        .api_version = "2006-03-01",
                        .xml_namespace = "http://s3.amazonaws.com/doc/2006-03-01/",
                        .body_limit = 8 << 20,
                        .shows_milliseconds = true});
  service.add(CreateBucket{database, clock})
      .add(HeadBucket{database})
      .add(ListBuckets{database})
      .add(DeleteBucket{database})
      .add(PutObject{database, files, authorizer, random, clock})
      .add(GetObject{database, files, authorizer})
      .add(HeadObject{database, authorizer})
      .add(GetObjectTagging{database, authorizer})
      .add(PutObjectTagging{database, authorizer})
      .add(DeleteObjectTagging{database, authorizer})
      .add(DeleteObject{database, files, random, clock})
      .add(DeleteObjects{database, files, authorizer, random, clock})
      .add(CopyObject{database, files, authorizer, random, clock})
      .add(ListObjectsV2{database})
      .add(ListObjects{database})
      .add(GetBucketLocation{database})
      .add(CreateMultipartUpload{database, authorizer, random, clock})
      .add(UploadPart{database, files, clock})
      .add(UploadPartCopy{database, files, authorizer, clock})
      .add(CompleteMultipartUpload{database, files, random, clock})
      .add(AbortMultipartUpload{database, files})
      .add(ListParts{database})
      .add(ListMultipartUploads{database})
      .add(GetBucketVersioning{database})
      .add(PutBucketVersioning{database})
      .add(ListObjectVersions{database})
      .add(PutBucketPolicy{database})
      .add(GetBucketPolicy{database})
      .add(GetBucketPolicyStatus{database})
      .add(DeleteBucketPolicy{database})
      .add(PutPublicAccessBlock{database})
      .add(GetPublicAccessBlock{database})
      .add(DeletePublicAccessBlock{database})
      .add(PutBucketOwnershipControls{database})
      .add(GetBucketOwnershipControls{database})
      .add(GetBucketAcl{database})
      .add(PutBucketAcl{database})
      .add(GetObjectAcl{database, authorizer})
      .add(PutObjectAcl{database, authorizer, clock})
      .add(GetObjectAttributes{database, authorizer})
      .add(PostObject{database, files, authorizer, random, clock, credentials, wall});
  add_unsupported(service, database);
  return service;
}

}  // namespace everseal::s3
