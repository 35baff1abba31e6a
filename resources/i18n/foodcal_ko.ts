<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ko_KR">
<context>
    <name>AnnotateFlow</name>
    <message>
        <source>Correct a mask</source>
        <translation>마스크 고치기</translation>
    </message>
    <message>
        <source>Deleted. Ctrl+Z brings it back.</source>
        <translation>삭제했습니다. Ctrl+Z로 되돌릴 수 있습니다.</translation>
    </message>
    <message>
        <source>The diary has these items already.</source>
        <translation>이미 일기에 기록된 항목입니다.</translation>
    </message>
    <message>
        <source>Logged to {0}, {1}: {2} items.</source>
        <translation>{1} {0}에 {2}개 항목을 기록했습니다.</translation>
    </message>
    <message>
        <source>Name it {0}</source>
        <translation>이름 붙이기: {0}</translation>
    </message>
    <message>
        <source>Logged to {0}, {1}: 1 item.</source>
        <translation>{1} {0}에 1개 항목을 기록했습니다.</translation>
    </message>
</context>
<context>
    <name>AnnotatePage</name>
    <message>
        <source>⚠ The mask became much larger · Z takes the last click back</source>
        <translation>⚠ 마스크가 훨씬 커졌습니다 · Z로 마지막 클릭을 되돌립니다</translation>
    </message>
    <message>
        <source>A food</source>
        <translation>음식</translation>
    </message>
    <message>
        <source>⚠ Most of the mask is gone · Z takes the last click back</source>
        <translation>⚠ 마스크가 거의 사라졌습니다 · Z를 누르면 마지막 클릭을 취소합니다</translation>
    </message>
    <message>
        <source>Looking for foods… Esc leaves it</source>
        <translation>음식을 찾는 중… Esc로 그만두기</translation>
    </message>
    <message>
        <source>{0} of {1} proposals · Enter accepts · Del rejects · click corrects · Tab: next</source>
        <translation>제안 {0}/{1} · Enter 수락 · Del 거절 · 클릭하여 고치기 · Tab 다음</translation>
    </message>
    <message>
        <source>Looking… your clicks are kept</source>
        <translation>찾는 중… 클릭은 그대로 남아 있습니다</translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation>{0}/{1}</translation>
    </message>
    <message>
        <source>Enter accepts · Tab: another candidate ({0}) · Esc discards</source>
        <translation>Enter 수락 · Tab 다른 후보 ({0}) · Esc 취소</translation>
    </message>
    <message>
        <source>Enter accepts · click to correct · Esc discards</source>
        <translation>Enter 수락 · 클릭하여 고치기 · Esc 취소</translation>
    </message>
    <message>
        <source>{0}? {1}</source>
        <translation>{0}? {1}</translation>
    </message>
</context>
<context>
    <name>AnnotationPanel</name>
    <message>
        <source>The meal it is logged to</source>
        <translation>기록할 끼니</translation>
    </message>
    <message>
        <source>Several photos of one meal count together</source>
        <translation>한 끼를 찍은 여러 사진을 함께 계산합니다</translation>
    </message>
    <message>
        <source>Click a food on the photo.
Its mask appears; Enter accepts it.</source>
        <translation>사진에서 음식을 클릭하세요.
마스크가 나타나면 Enter로 수락합니다.</translation>
    </message>
    <message>
        <source>Log to {0}</source>
        <translation>{0}에 기록</translation>
    </message>
    <message>
        <source>⚠ {0} % not covered · U shows where</source>
        <translation>⚠ {0} % 미표시 · U 키로 위치 보기</translation>
    </message>
    <message>
        <source>80 % likely to lie between these</source>
        <translation>80 % 확률로 이 사이에 있습니다</translation>
    </message>
    <message>
        <source>of what has no scale, one portion each</source>
        <translation>축척이 없는 것은 각각 1인분 기준</translation>
    </message>
    <message>
        <source>P {0}   C {1}   F {2} g</source>
        <translation>단백질 {0}   탄수화물 {1}   지방 {2} g</translation>
    </message>
    <message>
        <source>Update {0}</source>
        <translation>{0} 업데이트</translation>
    </message>
</context>
<context>
    <name>CarryBar</name>
    <message>
        <source>Stop</source>
        <translation>중지</translation>
    </message>
</context>
<context>
    <name>CarryFlow</name>
    <message>
        <source>There is no mask to look for; mark a food first.</source>
        <translation>찾을 마스크가 없습니다. 먼저 음식을 표시하세요.</translation>
    </message>
    <message>
        <source>This is the last photo.</source>
        <translation>마지막 사진입니다.</translation>
    </message>
    <message>
        <source>Looking for the items in the next photo…</source>
        <translation>다음 사진에서 항목을 찾는 중…</translation>
    </message>
    <message>
        <source>There is no mask to carry; mark a food first.</source>
        <translation>이어 갈 마스크가 없습니다. 먼저 음식을 표시하세요.</translation>
    </message>
    <message>
        <source>No photo of this folder comes after this one; open a video or a series first.</source>
        <translation>이 폴더에는 이 사진 다음 사진이 없습니다. 먼저 동영상이나 연속 사진을 여세요.</translation>
    </message>
    <message>
        <source>Reading {0}: {1} photos</source>
        <translation>{0} 읽는 중: 사진 {1}장</translation>
    </message>
    <message>
        <source>Carrying items: {0} of {1}</source>
        <translation>항목 이어 가는 중: {1}장 중 {0}장</translation>
    </message>
</context>
<context>
    <name>CarrySession</name>
    <message>
        <source>Stopped; what was found waits to be confirmed.</source>
        <translation>중지했습니다. 찾은 항목은 확인을 기다립니다.</translation>
    </message>
    <message>
        <source>The checkpoint {0} has no memory of frames; the items are looked for by likeness instead.</source>
        <translation>체크포인트 {0}에는 프레임 기억이 없어 비슷한 모양으로 항목을 찾습니다.</translation>
    </message>
    <message>
        <source>Nothing was found again that is alike enough; mark it by clicks.</source>
        <translation>충분히 비슷한 것을 찾지 못했습니다. 클릭으로 표시하세요.</translation>
    </message>
    <message>
        <source>Found again: {0}, on {1} of {2} photos; Enter confirms each, Del rejects it.</source>
        <translation>다시 찾은 항목 {0}개(사진 {2}장 중 {1}장). Enter로 확인, Del로 거절합니다.</translation>
    </message>
    <message>
        <source>The correction is carried on through the photos after this one.</source>
        <translation>고친 내용을 다음 사진들로 이어 갑니다.</translation>
    </message>
</context>
<context>
    <name>CheckpointsDialog</name>
    <message>
        <source>Checkpoints</source>
        <translation>체크포인트</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>사용</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>내려받기</translation>
    </message>
    <message>
        <source>Verify</source>
        <translation>검사</translation>
    </message>
    <message>
        <source>Import a file…</source>
        <translation>파일 가져오기…</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>중지</translation>
    </message>
    <message>
        <source>ready</source>
        <translation>준비됨</translation>
    </message>
    <message>
        <source>not downloaded</source>
        <translation>내려받지 않음</translation>
    </message>
    <message>
        <source>damaged</source>
        <translation>손상됨</translation>
    </message>
    <message>
        <source>{0} is used from now on.</source>
        <translation>이제부터 {0} 체크포인트를 사용합니다.</translation>
    </message>
    <message>
        <source>Checkpoints ({0})</source>
        <translation>체크포인트 ({0})</translation>
    </message>
    <message>
        <source>Import a checkpoint</source>
        <translation>체크포인트 가져오기</translation>
    </message>
    <message>
        <source>{0} of {1} MB</source>
        <translation>{0} / {1} MB</translation>
    </message>
    <message>
        <source>{0} is whole and right.</source>
        <translation>{0} 체크포인트는 온전합니다.</translation>
    </message>
    <message>
        <source>None: Meta&apos;s own server</source>
        <translation>없음: Meta 서버</translation>
    </message>
    <message>
        <source>The system&apos;s</source>
        <translation>시스템 설정</translation>
    </message>
    <message>
        <source>Mirror (a folder&apos;s URL)</source>
        <translation>미러(폴더 URL)</translation>
    </message>
    <message>
        <source>Proxy (URL)</source>
        <translation>프록시(URL)</translation>
    </message>
    <message>
        <source>The settings cannot be saved ({0}).</source>
        <translation>설정을 저장할 수 없습니다({0}).</translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation>연결하는 중…</translation>
    </message>
    <message>
        <source>{0}, {1} MB/s</source>
        <translation>{0}, {1} MB/s</translation>
    </message>
</context>
<context>
    <name>CommandPalette</name>
    <message>
        <source>Type what you want to do</source>
        <translation>하려는 일을 입력하세요</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>동작</translation>
    </message>
</context>
<context>
    <name>DatasetExport</name>
    <message>
        <source>The last export is still being written.</source>
        <translation>이전 내보내기가 아직 진행 중입니다.</translation>
    </message>
    <message>
        <source>Exporting to {0}…</source>
        <translation>{0}에 내보내는 중…</translation>
    </message>
    <message>
        <source>The export stopped; try again.</source>
        <translation>내보내기가 중단되었습니다. 다시 시도하세요.</translation>
    </message>
    <message>
        <source>{0} masks of {1} photos are in {2}.</source>
        <translation>사진 {1}장의 마스크 {0}개를 {2}에 저장했습니다.</translation>
    </message>
</context>
<context>
    <name>DayPanel</name>
    <message>
        <source>of {0} kcal</source>
        <translation>/ {0} kcal</translation>
    </message>
    <message>
        <source>kcal</source>
        <translation>kcal</translation>
    </message>
    <message>
        <source>{0} kcal, 80 % likely</source>
        <translation>{0} kcal, 80 % 확률</translation>
    </message>
    <message>
        <source>{0} kcal to the goal</source>
        <translation>목표까지 {0} kcal</translation>
    </message>
    <message>
        <source>{0} kcal over the goal</source>
        <translation>목표보다 {0} kcal 초과</translation>
    </message>
    <message>
        <source>Protein</source>
        <translation>단백질</translation>
    </message>
    <message>
        <source>Carbohydrate</source>
        <translation>탄수화물</translation>
    </message>
    <message>
        <source>Fat</source>
        <translation>지방</translation>
    </message>
</context>
<context>
    <name>DiaryPage</name>
    <message>
        <source>Deleted from the diary. Ctrl+Z brings it back.</source>
        <translation>일기에서 삭제했습니다. Ctrl+Z로 되돌릴 수 있습니다.</translation>
    </message>
    <message>
        <source>Moved to {0}. Ctrl+Z brings it back.</source>
        <translation>{0}로 옮겼습니다. Ctrl+Z로 되돌릴 수 있습니다.</translation>
    </message>
    <message>
        <source>food diary.csv</source>
        <translation>음식 일기.csv</translation>
    </message>
    <message>
        <source>Export the diary</source>
        <translation>일기 내보내기</translation>
    </message>
    <message>
        <source>Spreadsheet (*.csv)</source>
        <translation>표 (*.csv)</translation>
    </message>
    <message>
        <source>{0} cannot be written; choose another folder.</source>
        <translation>{0}에 쓸 수 없습니다. 다른 폴더를 고르세요.</translation>
    </message>
    <message>
        <source>{0} diary entries are in {1}.</source>
        <translation>{1} 파일에 기록 {0}개를 썼습니다.</translation>
    </message>
    <message>
        <source>{0} of it counts. Ctrl+Z takes that back.</source>
        <translation>그중 {0}만 계산합니다. Ctrl+Z로 되돌릴 수 있습니다.</translation>
    </message>
</context>
<context>
    <name>DiarySession</name>
    <message>
        <source>Log {0}</source>
        <translation>{0} 기록</translation>
    </message>
    <message>
        <source>Delete from the diary</source>
        <translation>일기에서 삭제</translation>
    </message>
    <message>
        <source>Change the weight of {0}</source>
        <translation>{0}의 무게 변경</translation>
    </message>
    <message>
        <source>Move in the diary</source>
        <translation>일기에서 옮기기</translation>
    </message>
    <message>
        <source>Copy in the diary</source>
        <translation>일기에서 복사</translation>
    </message>
    <message>
        <source>Change the weights of a meal</source>
        <translation>끼니의 무게 바꾸기</translation>
    </message>
    <message>
        <source>Change the energy of {0}</source>
        <translation>{0}의 열량 바꾸기</translation>
    </message>
</context>
<context>
    <name>EffortDialog</name>
    <message>
        <source>Effort</source>
        <translation>작업량</translation>
    </message>
    <message>
        <source>Checkpoint</source>
        <translation>체크포인트</translation>
    </message>
    <message>
        <source>Masks</source>
        <translation>마스크</translation>
    </message>
    <message>
        <source>Clicks</source>
        <translation>클릭</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>시간</translation>
    </message>
    <message>
        <source>Edits</source>
        <translation>수정</translation>
    </message>
    <message>
        <source>{0}  ({1} each)</source>
        <translation>{0}  (개당 {1})</translation>
    </message>
    <message>
        <source>By hand</source>
        <translation>손으로</translation>
    </message>
    <message>
        <source>Nothing has been annotated yet.</source>
        <translation>아직 표시한 것이 없습니다.</translation>
    </message>
    <message>
        <source>{0} saved {1} corrections against {2}.</source>
        <translation>{0} 체크포인트가 {2}보다 수정 {1}번을 줄였습니다.</translation>
    </message>
</context>
<context>
    <name>EmptyDay</name>
    <message>
        <source>Nothing eaten yet</source>
        <translation>아직 기록한 음식이 없습니다</translation>
    </message>
    <message>
        <source>Log a meal from a photo, or a food without one (N)</source>
        <translation>사진으로 끼니를 기록하거나, 사진 없이 음식을 추가하세요 (N)</translation>
    </message>
</context>
<context>
    <name>EmptyTraining</name>
    <message>
        <source>Accept masks on a few photos (Ctrl+1); from about {0} on, it pays.</source>
        <translation>사진 몇 장에서 마스크를 확정하세요(Ctrl+1). {0}장쯤부터 효과가 있습니다.</translation>
    </message>
    <message>
        <source>Nothing to learn from yet</source>
        <translation>아직 배울 것이 없습니다</translation>
    </message>
    <message>
        <source>With about {0} the result is surer. Nothing changes until you keep it.</source>
        <translation>{0}장쯤이면 결과가 더 확실합니다. 유지하기 전에는 아무것도 바뀌지 않습니다.</translation>
    </message>
    <message>
        <source>{0} photos to learn from</source>
        <translation>배울 수 있는 사진 {0}장</translation>
    </message>
    <message>
        <source>It takes minutes, in the background. Nothing changes until you keep it.</source>
        <translation>백그라운드에서 몇 분 걸립니다. 유지하기 전에는 아무것도 바뀌지 않습니다.</translation>
    </message>
    <message>
        <source>1 photo to learn from</source>
        <translation>배울 사진 1장</translation>
    </message>
    <message>
        <source>Counting the photos of {0}…</source>
        <translation>{0}의 사진을 세는 중…</translation>
    </message>
    <message>
        <source>Choose another folder under “Learn from”, or export this one again.</source>
        <translation>‘학습 자료’에서 다른 폴더를 고르거나 이 폴더를 다시 내보내세요.</translation>
    </message>
    <message>
        <source>{0} cannot be learned from</source>
        <translation>{0}(으)로는 배울 수 없습니다</translation>
    </message>
</context>
<context>
    <name>EmptyTrend</name>
    <message>
        <source>Nothing is logged in these days</source>
        <translation>이 기간에 기록된 것이 없습니다</translation>
    </message>
    <message>
        <source>Log a meal from a photo, or a food in the diary (Ctrl+2); its day appears here</source>
        <translation>사진으로 식사를 기록하거나 일기(Ctrl+2)에 음식을 기록하세요. 그날이 여기에 나타납니다</translation>
    </message>
</context>
<context>
    <name>EntryRow</name>
    <message>
        <source>Weight of {0}</source>
        <translation>{0}의 무게</translation>
    </message>
    <message>
        <source>Move or delete</source>
        <translation>옮기기 또는 삭제</translation>
    </message>
    <message>
        <source>Move to {0}</source>
        <translation>{0}으로 옮기기</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>삭제</translation>
    </message>
    <message>
        <source>Move to another day</source>
        <translation>다른 날로 옮기기</translation>
    </message>
    <message>
        <source>Copy to another day</source>
        <translation>다른 날에도 기록</translation>
    </message>
    <message>
        <source>Eaten or shared in part</source>
        <translation>일부만 먹음 · 나눠 먹음</translation>
    </message>
    <message>
        <source>Energy</source>
        <translation>열량</translation>
    </message>
</context>
<context>
    <name>FindFlow</name>
    <message>
        <source>Not looking for foods any more; nothing was changed. Ctrl+F looks again.</source>
        <translation>음식 찾기를 그만두었습니다. 바뀐 것은 없습니다. Ctrl+F로 다시 찾을 수 있습니다.</translation>
    </message>
    <message>
        <source>{0} %</source>
        <translation>{0} %</translation>
    </message>
    <message>
        <source>Nothing more was found; click what is missing.</source>
        <translation>더 찾은 음식이 없습니다. 빠진 음식을 클릭하세요.</translation>
    </message>
    <message>
        <source>Find the foods first (Ctrl+F).</source>
        <translation>먼저 음식을 찾으세요 (Ctrl+F).</translation>
    </message>
    <message>
        <source>{0} masks added. Ctrl+Z takes them back.</source>
        <translation>마스크 {0}개를 추가했습니다. Ctrl+Z로 되돌릴 수 있습니다.</translation>
    </message>
    <message>
        <source>Accept a proposal</source>
        <translation>제안 수락</translation>
    </message>
</context>
<context>
    <name>FoodPicker</name>
    <message>
        <source>What is it? Type a food, in English or Korean</source>
        <translation>무슨 음식인가요? 한국어나 영어로 입력하세요</translation>
    </message>
    <message>
        <source>Food</source>
        <translation>음식</translation>
    </message>
    <message>
        <source>No food is called “{0}”; try a shorter or a more general word.</source>
        <translation>“{0}” 음식을 찾지 못했습니다. 더 짧거나 넓은 말로 찾아보세요.</translation>
    </message>
    <message>
        <source>Type the food&apos;s name.
What you log most will be listed here.</source>
        <translation>음식 이름을 입력하세요.
자주 기록하는 음식이 여기에 나타납니다.</translation>
    </message>
    <message>
        <source>kcal / 100 g</source>
        <translation>kcal / 100 g</translation>
    </message>
    <message>
        <source>No food is called “{0}”.
Try a more general word, or press Enter to add it as your own.</source>
        <translation>“{0}” 음식을 찾지 못했습니다.
더 넓은 말로 찾거나, Enter를 눌러 내 음식으로 추가하세요.</translation>
    </message>
    <message>
        <source>Change your own food “{0}”…</source>
        <translation>내 음식 “{0}” 고치기…</translation>
    </message>
    <message>
        <source>Add “{0}” as a food of your own…</source>
        <translation>“{0}” 내 음식으로 추가…</translation>
    </message>
    <message>
        <source>your own food</source>
        <translation>내 음식</translation>
    </message>
    <message>
        <source>Only the label “{0}” (Ctrl+Enter)</source>
        <translation>“{0}” 이름만 붙이기 (Ctrl+Enter)</translation>
    </message>
</context>
<context>
    <name>ItemDetails</name>
    <message>
        <source>Weight</source>
        <translation>무게</translation>
    </message>
    <message>
        <source>Servings</source>
        <translation>인분</translation>
    </message>
    <message>
        <source>Serving</source>
        <translation>1회 제공량</translation>
    </message>
    <message>
        <source>Estimate again</source>
        <translation>다시 추정</translation>
    </message>
    <message>
        <source>80 % likely between {0} and {1}</source>
        <translation>80 % 확률로 {0}에서 {1} 사이</translation>
    </message>
    <message>
        <source>80 % likely between {0} and {1} g</source>
        <translation type="vanished">80 % 확률로 {0}~{1} g</translation>
    </message>
    <message>
        <source>Other masks cover all of it; nothing is left to weigh.</source>
        <translation>다른 마스크에 모두 가려져 무게를 잴 부분이 없습니다.</translation>
    </message>
    <message>
        <source>Name it and its weight is estimated.</source>
        <translation>이름을 정하면 무게를 추정합니다.</translation>
    </message>
    <message>
        <source>No scale yet.</source>
        <translation>아직 축척이 없습니다.</translation>
    </message>
    <message>
        <source>No scale yet, so this is one serving, however many lie there.</source>
        <translation>아직 축척이 없어, 몇 개가 놓여 있든 1회 제공량입니다.</translation>
    </message>
    <message>
        <source>Click a coin, card or plate (S) to measure it.</source>
        <translation>동전, 카드, 접시를 클릭(S)하면 측정합니다.</translation>
    </message>
    <message>
        <source>No scale yet, so its height is not known. Click a coin or card (S).</source>
        <translation>아직 축척이 없어 높이를 알 수 없습니다. 동전이나 카드를 클릭하세요(S).</translation>
    </message>
    <message>
        <source>A label only: it has no energy and is not logged.</source>
        <translation>이름만 있는 항목이라 열량이 없고 일기에 기록되지 않습니다.</translation>
    </message>
    <message>
        <source>No scale yet, so this is one of average size, however many lie there.</source>
        <translation>아직 축척이 없어, 몇 개가 놓여 있든 평균 크기 한 개의 무게입니다.</translation>
    </message>
</context>
<context>
    <name>ItemRow</name>
    <message>
        <source>for one serving</source>
        <translation>1회 제공량 기준</translation>
    </message>
    <message>
        <source>Say what it is (F2)</source>
        <translation>음식 이름 정하기 (F2)</translation>
    </message>
    <message>
        <source>Delete the mask (Del)</source>
        <translation>마스크 삭제 (Del)</translation>
    </message>
    <message>
        <source>What is it?</source>
        <translation>무슨 음식인가요?</translation>
    </message>
    <message>
        <source>{0:.0f} mm high</source>
        <translation>높이 {0:.0f} mm</translation>
    </message>
    <message>
        <source>for one of average size</source>
        <translation>평균 크기 한 개 기준</translation>
    </message>
</context>
<context>
    <name>LateAccepts</name>
    <message>
        <source>The mask accepted on the photo before is there now.</source>
        <translation>앞 사진에서 수락한 마스크가 추가되었습니다.</translation>
    </message>
    <message>
        <source>Add a mask</source>
        <translation>마스크 추가</translation>
    </message>
    <message>
        <source>Set the scale</source>
        <translation>축척 정하기</translation>
    </message>
    <message>
        <source>Correct a mask</source>
        <translation>마스크 고치기</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Open photos</source>
        <translation>사진 열기</translation>
    </message>
    <message>
        <source>Photos ({0})</source>
        <translation type="vanished">사진 ({0})</translation>
    </message>
    <message>
        <source>Open a folder of photos</source>
        <translation>사진 폴더 열기</translation>
    </message>
    <message>
        <source>The clipboard holds no photo; copy one first.</source>
        <translation>클립보드에 사진이 없습니다. 먼저 사진을 복사하세요.</translation>
    </message>
    <message>
        <source>Export the dataset into an empty folder</source>
        <translation>빈 폴더에 데이터셋 내보내기</translation>
    </message>
    <message>
        <source>The settings cannot be saved ({0}).</source>
        <translation>설정을 저장할 수 없습니다 ({0}).</translation>
    </message>
    <message>
        <source>Food diary</source>
        <translation>음식 일기</translation>
    </message>
    <message>
        <source>Photos and videos ({0})</source>
        <translation>사진과 동영상({0})</translation>
    </message>
</context>
<context>
    <name>MaskEditing</name>
    <message>
        <source>There was nothing to change.</source>
        <translation>바꿀 것이 없습니다.</translation>
    </message>
    <message>
        <source>The mask is of one piece already.</source>
        <translation>마스크가 이미 한 덩어리입니다.</translation>
    </message>
    <message>
        <source>Fill holes</source>
        <translation>구멍 메우기</translation>
    </message>
    <message>
        <source>Drop small islands</source>
        <translation>작은 조각 없애기</translation>
    </message>
    <message>
        <source>Smooth a mask</source>
        <translation>마스크 다듬기</translation>
    </message>
    <message>
        <source>Split into islands</source>
        <translation>조각으로 나누기</translation>
    </message>
    <message>
        <source>Merge masks</source>
        <translation>마스크 합치기</translation>
    </message>
    <message>
        <source>Add to a mask</source>
        <translation>마스크에 더하기</translation>
    </message>
    <message>
        <source>Subtract from a mask</source>
        <translation>마스크에서 빼기</translation>
    </message>
    <message>
        <source>Intersect masks</source>
        <translation>마스크 교차</translation>
    </message>
    <message>
        <source>Change the stacking order</source>
        <translation>쌓인 순서 변경</translation>
    </message>
    <message>
        <source>Accept all proposals</source>
        <translation>모든 제안 수락</translation>
    </message>
    <message>
        <source>Copy from the last photo</source>
        <translation>이전 사진에서 복사</translation>
    </message>
    <message>
        <source>Nothing would be left of the mask; it stays as it is.</source>
        <translation>마스크가 모두 사라지므로 그대로 둡니다.</translation>
    </message>
    <message>
        <source>Select the mask to change, then Shift+click the other ones.</source>
        <translation>바꿀 마스크를 선택한 뒤 나머지를 Shift+클릭하세요.</translation>
    </message>
</context>
<context>
    <name>MaskFlow</name>
    <message>
        <source>Brush</source>
        <translation>브러시</translation>
    </message>
    <message>
        <source>Erase</source>
        <translation>지우기</translation>
    </message>
    <message>
        <source>Lasso</source>
        <translation>올가미</translation>
    </message>
    <message>
        <source>Move a corner</source>
        <translation>꼭짓점 옮기기</translation>
    </message>
    <message>
        <source>Select a mask first: V, or Ctrl+click.</source>
        <translation>먼저 마스크를 선택하세요: V 또는 Ctrl+클릭.</translation>
    </message>
    <message>
        <source>There is no mask to copy.</source>
        <translation>복사할 마스크가 없습니다.</translation>
    </message>
    <message>
        <source>This is the last photo.</source>
        <translation>마지막 사진입니다.</translation>
    </message>
    <message>
        <source>1 mask copied. Ctrl+Z takes it back.</source>
        <translation>마스크 1개를 복사했습니다. Ctrl+Z로 되돌릴 수 있습니다.</translation>
    </message>
    <message>
        <source>{0} masks copied. Ctrl+Z takes them back.</source>
        <translation>마스크 {0}개를 복사했습니다. Ctrl+Z로 되돌릴 수 있습니다.</translation>
    </message>
</context>
<context>
    <name>MealCard</name>
    <message>
        <source>{0} kcal</source>
        <translation>{0} kcal</translation>
    </message>
    <message>
        <source>Add to, move, copy or delete the meal</source>
        <translation>끼니에 추가, 옮기기, 복사, 삭제</translation>
    </message>
    <message>
        <source>Add a food…</source>
        <translation>음식 추가…</translation>
    </message>
</context>
<context>
    <name>MealFlow</name>
    <message>
        <source>{0} photos of this meal</source>
        <translation>이 끼니의 사진 {0}장</translation>
    </message>
    <message>
        <source>Same meal as another photo</source>
        <translation>다른 사진과 같은 끼니</translation>
    </message>
    <message>
        <source>Same meal as {0}</source>
        <translation>{0} 사진과 같은 끼니</translation>
    </message>
    <message>
        <source>Open the meal&apos;s first photo once, then come back</source>
        <translation>끼니의 첫 사진을 한 번 연 다음 돌아오세요</translation>
    </message>
    <message>
        <source>Open {0}</source>
        <translation>{0} 열기</translation>
    </message>
    <message>
        <source>Open the meal&apos;s first photo once, then come back and say it again.</source>
        <translation>끼니의 첫 사진을 한 번 연 다음 돌아와서 다시 하세요.</translation>
    </message>
    <message>
        <source>This photo belongs to the meal of {0} now. Ctrl+Z takes it back.</source>
        <translation>이 사진은 이제 {0}의 끼니에 속합니다. Ctrl+Z로 되돌릴 수 있습니다.</translation>
    </message>
    <message>
        <source>This photo is a meal of its own again.</source>
        <translation>이 사진은 다시 따로 된 끼니입니다.</translation>
    </message>
</context>
<context>
    <name>MealLines</name>
    <message>
        <source>{0} g − {1} g left = {2} g eaten</source>
        <translation>{0} g − 남은 {1} g = 먹은 {2} g</translation>
    </message>
</context>
<context>
    <name>MealSession</name>
    <message>
        <source>Choose another photo that shows the same meal.</source>
        <translation type="vanished">같은 끼니를 찍은 다른 사진을 고르세요.</translation>
    </message>
    <message>
        <source>No photo is open; open one first.</source>
        <translation>열린 사진이 없습니다. 먼저 사진을 여세요.</translation>
    </message>
    <message>
        <source>Same meal as another photo</source>
        <translation>다른 사진과 같은 끼니</translation>
    </message>
    <message>
        <source>Another view of the meal</source>
        <translation>끼니를 다른 방향에서</translation>
    </message>
    <message>
        <source>A meal of its own</source>
        <translation>따로 된 끼니</translation>
    </message>
    <message>
        <source>Say which item it is</source>
        <translation>어느 음식인지 정하기</translation>
    </message>
</context>
<context>
    <name>OfferCard</name>
    <message>
        <source>Is this a coin? It would give the grams their scale.</source>
        <translation>동전인가요? 무게를 재는 기준이 됩니다.</translation>
    </message>
    <message>
        <source>No</source>
        <translation>아니요</translation>
    </message>
    <message>
        <source>Other…</source>
        <translation>다른 것…</translation>
    </message>
    <message>
        <source>A plate, or another round thing whose size you know</source>
        <translation>접시처럼 크기를 아는 다른 둥근 물건</translation>
    </message>
    <message>
        <source>It is not asked again on this photo</source>
        <translation>이 사진에서는 다시 묻지 않습니다</translation>
    </message>
</context>
<context>
    <name>OfferFlow</name>
    <message>
        <source>Not asked again on this photo. S marks a scale reference.</source>
        <translation>이 사진에서는 다시 묻지 않습니다. S를 누르면 기준물을 표시할 수 있습니다.</translation>
    </message>
</context>
<context>
    <name>PhotoCanvas</name>
    <message>
        <source>Canvas</source>
        <translation>캔버스</translation>
    </message>
</context>
<context>
    <name>PhotoHistory</name>
    <message>
        <source>The last corner</source>
        <translation>마지막 꼭짓점</translation>
    </message>
    <message>
        <source>The last click</source>
        <translation>마지막 클릭</translation>
    </message>
    <message>
        <source>Reject a proposal</source>
        <translation>제안 거절</translation>
    </message>
</context>
<context>
    <name>PhotoLibrary</name>
    <message>
        <source>The clipboard holds no image that can be read; copy the photo again.</source>
        <translation>클립보드의 이미지를 읽을 수 없습니다. 사진을 다시 복사하세요.</translation>
    </message>
    <message>
        <source>There is no photo in {0}.</source>
        <translation>{0}에 사진이 없습니다.</translation>
    </message>
    <message>
        <source>Not there any more, and left out of the queue: {0}. Open it again once it is back.</source>
        <translation>더 이상 없어서 목록에서 뺐습니다: {0}. 다시 생기면 새로 여세요.</translation>
    </message>
    <message>
        <source>The photo that was open last, {0}, is not there any more.</source>
        <translation>마지막으로 열었던 사진 {0}이(가) 더 이상 없습니다.</translation>
    </message>
</context>
<context>
    <name>PhotoList</name>
    <message>
        <source>Photos</source>
        <translation>사진</translation>
    </message>
    <message>
        <source>{0} / {1} done</source>
        <translation>{0} / {1} 완료</translation>
    </message>
    <message>
        <source>{0} to do, {1} need review</source>
        <translation>할 일 {0}, 검토 필요 {1}</translation>
    </message>
    <message>
        <source>Remove from the queue</source>
        <translation>목록에서 빼기</translation>
    </message>
</context>
<context>
    <name>PhotoSession</name>
    <message>
        <source>The mask is empty; click on a food first.</source>
        <translation>마스크가 비어 있습니다. 먼저 음식을 클릭하세요.</translation>
    </message>
    <message>
        <source>Add a mask</source>
        <translation>마스크 추가</translation>
    </message>
    <message>
        <source>Change a mask</source>
        <translation>마스크 변경</translation>
    </message>
    <message>
        <source>Look at a mask again</source>
        <translation>마스크 다시 살펴보기</translation>
    </message>
    <message>
        <source>Delete a mask</source>
        <translation>마스크 삭제</translation>
    </message>
    <message>
        <source>Name it {0}</source>
        <translation>이름 정하기: {0}</translation>
    </message>
    <message>
        <source>Say what food it is first.</source>
        <translation>먼저 무슨 음식인지 정하세요.</translation>
    </message>
    <message>
        <source>Change a portion</source>
        <translation>분량 변경</translation>
    </message>
    <message>
        <source>Estimate a portion again</source>
        <translation>분량 다시 추정</translation>
    </message>
    <message>
        <source>Set the scale</source>
        <translation>축척 정하기</translation>
    </message>
    <message>
        <source>Remove the scale reference</source>
        <translation>축척 기준 제거</translation>
    </message>
    <message>
        <source>Log the meal</source>
        <translation>끼니 기록</translation>
    </message>
    <message>
        <source>No photo is open; open one first.</source>
        <translation>열린 사진이 없습니다. 먼저 사진을 여세요.</translation>
    </message>
    <message>
        <source>Changed by another program</source>
        <translation>다른 프로그램이 변경함</translation>
    </message>
</context>
<context>
    <name>PhotoStatus</name>
    <message>
        <source>Starting the segmenter… your clicks are kept</source>
        <translation>분할 엔진을 시작하는 중… 클릭은 그대로 남아 있습니다</translation>
    </message>
    <message>
        <source>Encoding… your clicks are kept</source>
        <translation>사진을 분석하는 중… 클릭은 그대로 남아 있습니다</translation>
    </message>
    <message>
        <source>Looking for foods… go on meanwhile; Esc leaves it</source>
        <translation>음식을 찾는 중… 그동안 계속 작업하세요. Esc로 그만둡니다</translation>
    </message>
    <message>
        <source>Everything is saved</source>
        <translation>모두 저장되었습니다</translation>
    </message>
    <message>
        <source>The segmenter stopped and starts again; your clicks are kept</source>
        <translation>분할 엔진이 멈춰 다시 시작합니다. 클릭은 그대로 남아 있습니다</translation>
    </message>
    <message>
        <source>The segmenter cannot run; see what `foodcal-desktop doctor` says</source>
        <translation>분할 엔진을 실행할 수 없습니다. `foodcal-desktop doctor`로 확인하세요</translation>
    </message>
</context>
<context>
    <name>PhotoTile</name>
    <message>
        <source>Open this photo</source>
        <translation>이 사진 열기</translation>
    </message>
</context>
<context>
    <name>PlaceLine</name>
    <message>
        <source>The same item on the first photo</source>
        <translation>첫 사진의 같은 음식</translation>
    </message>
    <message>
        <source>Which one is it?</source>
        <translation>어느 것인가요?</translation>
    </message>
    <message>
        <source>The same as</source>
        <translation>같은 음식</translation>
    </message>
    <message>
        <source>none of them</source>
        <translation>해당 없음</translation>
    </message>
    <message>
        <source>Counts as {0} g left of {1} g</source>
        <translation>{1} g 중 남은 {0} g으로 계산합니다</translation>
    </message>
    <message>
        <source>{0:.0f} mm high, which counts for its thickness there</source>
        <translation>높이 {0:.0f} mm, 첫 사진의 두께 계산에 쓰입니다</translation>
    </message>
</context>
<context>
    <name>QuestionFlow</name>
    <message>
        <source>{0} → {1}. Ctrl+Z takes the answer back.</source>
        <translation>{0} → {1}. Ctrl+Z로 답을 취소할 수 있습니다.</translation>
    </message>
</context>
<context>
    <name>QuestionLine</name>
    <message>
        <source>Do not ask this again</source>
        <translation>다시 묻지 않기</translation>
    </message>
</context>
<context>
    <name>QueueFlow</name>
    <message>
        <source>No photo is left to do.</source>
        <translation>할 일이 남은 사진이 없습니다.</translation>
    </message>
    <message>
        <source>Photos</source>
        <translation>사진</translation>
    </message>
    <message>
        <source>To do</source>
        <translation>할 일</translation>
    </message>
    <message>
        <source>Needs review</source>
        <translation>검토 필요</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>완료</translation>
    </message>
    <message>
        <source>There is nothing to remove from the queue.</source>
        <translation>목록에서 뺄 것이 없습니다.</translation>
    </message>
    <message>
        <source>Removed from the queue; masks and diary stay. Opening it again brings it back.</source>
        <translation>목록에서 뺐습니다. 마스크와 일기는 남으며, 다시 열면 돌아옵니다.</translation>
    </message>
</context>
<context>
    <name>Rail</name>
    <message>
        <source>Segmenter</source>
        <translation>분할 엔진</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>설정</translation>
    </message>
    <message>
        <source>Actions</source>
        <translation>동작</translation>
    </message>
</context>
<context>
    <name>ReferencePicker</name>
    <message>
        <source>Forget {0}</source>
        <translation>{0} 지우기</translation>
    </message>
    <message>
        <source>What lies beside the food?</source>
        <translation>음식 옆에 무엇이 있나요?</translation>
    </message>
    <message>
        <source>Scale reference</source>
        <translation>축척 기준</translation>
    </message>
    <message>
        <source>The plate&apos;s diameter</source>
        <translation>접시의 지름</translation>
    </message>
    <message>
        <source>My plate or bowl</source>
        <translation>내 접시나 그릇</translation>
    </message>
    <message>
        <source>The plate&apos;s name</source>
        <translation>접시 이름</translation>
    </message>
    <message>
        <source>The line&apos;s real length</source>
        <translation>선의 실제 길이</translation>
    </message>
    <message>
        <source>Use this plate</source>
        <translation>이 접시 사용</translation>
    </message>
    <message>
        <source>Chopsticks or else</source>
        <translation>젓가락 등</translation>
    </message>
    <message>
        <source>Measure it once; the length is remembered, and you draw along it on the photo</source>
        <translation>한 번만 재면 길이를 기억합니다. 사진에서 그 길이를 따라 그으세요</translation>
    </message>
    <message>
        <source>A plate of this width</source>
        <translation type="vanished">이 너비의 접시</translation>
    </message>
    <message>
        <source>Draw a line</source>
        <translation>선 긋기</translation>
    </message>
    <message>
        <source>Something of this length</source>
        <translation type="vanished">이 길이의 물건</translation>
    </message>
</context>
<context>
    <name>ScaleFlow</name>
    <message>
        <source>{0} is forgotten; enter it again to have it back.</source>
        <translation>{0}을(를) 지웠습니다. 다시 입력하면 되살아납니다.</translation>
    </message>
    <message>
        <source>Scale by {0}: {1} mm per pixel.</source>
        <translation>{0} 기준 축척: 픽셀당 {1} mm.</translation>
    </message>
    <message>
        <source>Accept (Enter) or discard (Esc) the mask first, then click the scale reference.</source>
        <translation>먼저 마스크를 수락(Enter)하거나 취소(Esc)한 뒤 축척 기준을 클릭하세요.</translation>
    </message>
    <message>
        <source>My plate, {0} mm</source>
        <translation>내 접시, {0} mm</translation>
    </message>
</context>
<context>
    <name>ScalePill</name>
    <message>
        <source>Do without this scale reference</source>
        <translation>이 축척 기준 쓰지 않기</translation>
    </message>
    <message>
        <source>Click the {0} · change</source>
        <translation>클릭할 기준: {0} · 변경</translation>
    </message>
    <message>
        <source>Draw along the line · change</source>
        <translation>길이를 아는 선을 따라 그으세요 · 변경</translation>
    </message>
    <message>
        <source>{0}   {1} mm/px   tilt {2}°</source>
        <translation>{0}   {1} mm/px   기울기 {2}°</translation>
    </message>
    <message>
        <source>No scale · click a coin, card or plate (S)</source>
        <translation>축척 없음 · 동전, 카드, 접시를 클릭하세요 (S)</translation>
    </message>
</context>
<context>
    <name>SearchCard</name>
    <message>
        <source>Nothing is called “{0}”; try another word.</source>
        <translation>“{0}”을(를) 찾지 못했습니다. 다른 말로 찾아보세요.</translation>
    </message>
</context>
<context>
    <name>ServingButton</name>
    <message>
        <source>Servings</source>
        <translation>분량 수</translation>
    </message>
    <message>
        <source>Serving</source>
        <translation>분량</translation>
    </message>
    <message>
        <source>Give it in pieces, cups, bowls or slices</source>
        <translation>개, 컵, 그릇, 조각으로 입력합니다</translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>설정</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>테마</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>언어</translation>
    </message>
    <message>
        <source>Energy a day</source>
        <translation>하루 열량</translation>
    </message>
    <message>
        <source>Cache in memory</source>
        <translation>메모리 캐시</translation>
    </message>
    <message>
        <source>Cache on disk</source>
        <translation>디스크 캐시</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>장치</translation>
    </message>
    <message>
        <source>Worker&apos;s Python</source>
        <translation>작업 프로세스의 Python</translation>
    </message>
    <message>
        <source>The program&apos;s own</source>
        <translation>프로그램에 포함된 것</translation>
    </message>
    <message>
        <source>YOLO detector (ONNX)</source>
        <translation>YOLO 검출기 (ONNX)</translation>
    </message>
    <message>
        <source>None: a grid of clicks</source>
        <translation>없음: 격자 클릭 사용</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>시스템 설정</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>밝게</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>어둡게</translation>
    </message>
    <message>
        <source>The best there is</source>
        <translation>가장 좋은 것</translation>
    </message>
    <message>
        <source>Kept; it holds from the next start on.</source>
        <translation>저장했습니다. 다음에 시작할 때 적용됩니다.</translation>
    </message>
    <message>
        <source>Kept.</source>
        <translation>저장했습니다.</translation>
    </message>
    <message>
        <source>Kept; the segmenter starts anew with it.</source>
        <translation>저장했습니다. 분할기가 이 설정으로 다시 시작합니다.</translation>
    </message>
    <message>
        <source>Data folder</source>
        <translation>데이터 폴더</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>열기</translation>
    </message>
    <message>
        <source>Diary, masks, settings and checkpoints; whoever copies this folder has them all.</source>
        <translation>일기, 마스크, 설정, 체크포인트가 있는 곳입니다. 이 폴더를 복사하면 모두 백업됩니다.</translation>
    </message>
</context>
<context>
    <name>Sharpening</name>
    <message>
        <source>Outlines looked at again, enlarged: what is painted is what is weighed.</source>
        <translation>윤곽을 확대해 다시 살펴보았습니다. 칠해진 그대로 무게를 계산합니다.</translation>
    </message>
</context>
<context>
    <name>Sheet</name>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
</context>
<context>
    <name>ShortcutsDialog</name>
    <message>
        <source>Keys</source>
        <translation>단축키</translation>
    </message>
    <message>
        <source>Search an action or a key</source>
        <translation>동작이나 키 검색</translation>
    </message>
    <message>
        <source>Usual key</source>
        <translation>기본 키</translation>
    </message>
    <message>
        <source>Choose an action first.</source>
        <translation>먼저 동작을 고르세요.</translation>
    </message>
    <message>
        <source>{0} is the key of “{1}”; give that another one first.</source>
        <translation>{0} 키는 “{1}”에 쓰이고 있습니다. 먼저 그 키를 바꾸세요.</translation>
    </message>
    <message>
        <source>Kept.</source>
        <translation>저장했습니다.</translation>
    </message>
</context>
<context>
    <name>TrainingCurve</name>
    <message>
        <source>IoU after one click {0}, best in epoch {1}</source>
        <translation>클릭 한 번 후 IoU {0}, 에포크 {1}에서 가장 좋음</translation>
    </message>
    <message>
        <source>No figures yet</source>
        <translation>아직 수치가 없습니다</translation>
    </message>
    <message>
        <source>IoU on held-out photos</source>
        <translation>따로 둔 사진의 IoU</translation>
    </message>
    <message>
        <source>1 click</source>
        <translation>클릭 1번</translation>
    </message>
    <message>
        <source>3 clicks</source>
        <translation>클릭 3번</translation>
    </message>
    <message>
        <source>5 clicks</source>
        <translation>클릭 5번</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>손실</translation>
    </message>
    <message>
        <source>base</source>
        <translation>기준</translation>
    </message>
</context>
<context>
    <name>TrainingForm</name>
    <message>
        <source>How often each photo is seen</source>
        <translation>사진마다 보는 횟수</translation>
    </message>
    <message>
        <source>Start fine-tuning</source>
        <translation>미세 조정 시작</translation>
    </message>
    <message>
        <source>Everything marked so far</source>
        <translation>지금까지 표시한 모든 것</translation>
    </message>
    <message>
        <source>An exported dataset…</source>
        <translation>내보낸 데이터셋…</translation>
    </message>
    <message>
        <source>as in the recipe</source>
        <translation>레시피대로</translation>
    </message>
    <message>
        <source>The usual one</source>
        <translation>기본 레시피</translation>
    </message>
    <message>
        <source>A folder written by Export, or of another program: COCO or labelme</source>
        <translation>내보낸 폴더, 또는 다른 프로그램의 폴더(COCO, labelme)</translation>
    </message>
    <message>
        <source>Learn from</source>
        <translation>학습 자료</translation>
    </message>
    <message>
        <source>Start from</source>
        <translation>시작점</translation>
    </message>
    <message>
        <source>Recipe</source>
        <translation>레시피</translation>
    </message>
    <message>
        <source>Epochs</source>
        <translation>에포크</translation>
    </message>
    <message>
        <source>New name</source>
        <translation>새 이름</translation>
    </message>
</context>
<context>
    <name>TrainingPage</name>
    <message>
        <source>photos</source>
        <translation>사진</translation>
    </message>
    <message>
        <source>masks</source>
        <translation>마스크</translation>
    </message>
    <message>
        <source>corrections</source>
        <translation>수정</translation>
    </message>
    <message>
        <source>In use: {0}</source>
        <translation>사용 중: {0}</translation>
    </message>
    <message>
        <source>Back to {0}</source>
        <translation>{0}(으)로 되돌리기</translation>
    </message>
    <message>
        <source>Fine-tune</source>
        <translation>미세 조정</translation>
    </message>
</context>
<context>
    <name>TrainingProcess</name>
    <message>
        <source>The training cannot be started ({0}).</source>
        <translation>학습을 시작할 수 없습니다 ({0}).</translation>
    </message>
    <message>
        <source>The training ended unexpectedly, as where memory runs out; what it learned is kept.</source>
        <translation>학습이 예기치 않게 끝났습니다(메모리가 모자랄 때 등). 배운 것은 남아 있습니다.</translation>
    </message>
    <message>
        <source>The training ended unexpectedly, as where memory runs out, with nothing saved yet; try again.</source>
        <translation>학습이 예기치 않게 끝났고(메모리가 모자랄 때 등) 아직 저장된 것이 없습니다. 다시 시작하세요.</translation>
    </message>
</context>
<context>
    <name>TrainingSession</name>
    <message>
        <source>There are fewer than two photos with masks; mark the foods of some photos first.</source>
        <translation>마스크가 있는 사진이 두 장보다 적습니다. 먼저 사진 몇 장에서 음식을 표시하세요.</translation>
    </message>
    <message>
        <source>A training of this name was interrupted; continue or discard it, or take another name.</source>
        <translation>이 이름의 학습이 중단되어 있습니다. 이어서 하거나 버리거나 다른 이름을 쓰세요.</translation>
    </message>
    <message>
        <source>{0} was discarded.</source>
        <translation>{0}을(를) 버렸습니다.</translation>
    </message>
    <message>
        <source>{0} is used again.</source>
        <translation>{0}을(를) 다시 사용합니다.</translation>
    </message>
    <message>
        <source>The training of {0} is over.</source>
        <translation>{0}의 학습이 끝났습니다.</translation>
    </message>
    <message>
        <source>Cancelled; nothing was kept.</source>
        <translation>취소했습니다. 남은 것은 없습니다.</translation>
    </message>
    <message>
        <source>{0} is being trained in another process; wait for its end.</source>
        <translation>다른 프로세스가 {0}을(를) 학습하고 있습니다. 끝날 때까지 기다리세요.</translation>
    </message>
    <message>
        <source>The training of {0} ended early; its place (Ctrl+4) says why.</source>
        <translation>{0}의 학습이 일찍 끝났습니다. 까닭은 미세 조정(Ctrl+4)에 있습니다.</translation>
    </message>
    <message>
        <source>{0} holds no dataset of COCO or labelme; choose a folder written by Export, or another program&apos;s.</source>
        <translation>{0}에 COCO나 labelme 데이터셋이 없습니다. 내보내기로 만든 폴더나 다른 프로그램의 데이터셋 폴더를 고르세요.</translation>
    </message>
</context>
<context>
    <name>TrainingView</name>
    <message>
        <source>IoU after 1 click</source>
        <translation>클릭 1번 후 IoU</translation>
    </message>
    <message>
        <source>3 clicks</source>
        <translation>클릭 3번</translation>
    </message>
    <message>
        <source>5 clicks</source>
        <translation>클릭 5번</translation>
    </message>
    <message>
        <source>Box</source>
        <translation>상자</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>일시 정지</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>버리기</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>유지</translation>
    </message>
    <message>
        <source>Train again</source>
        <translation>다시 학습</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>일시 정지됨</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>멈추는 중…</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>계속</translation>
    </message>
    <message>
        <source>Back to {0}</source>
        <translation>{0}(으)로 되돌리기</translation>
    </message>
    <message>
        <source>{0} is used from now on.</source>
        <translation>이제부터 {0}을(를) 사용합니다.</translation>
    </message>
    <message>
        <source>Pausing…</source>
        <translation>일시 정지하는 중…</translation>
    </message>
    <message>
        <source>What it learned is on the disk; go on whenever you like.</source>
        <translation>배운 것은 디스크에 저장되어 있습니다. 언제든 계속하세요.</translation>
    </message>
</context>
<context>
    <name>TrendChart</name>
    <message>
        <source>Goal
{0}</source>
        <translation>목표
{0}</translation>
    </message>
</context>
<context>
    <name>TrendFoods</name>
    <message>
        <source>Most of the energy</source>
        <translation>열량이 가장 많은 음식</translation>
    </message>
    <message>
        <source>{0} other foods: {1} %</source>
        <translation>그 밖의 음식 {0}가지: {1} %</translation>
    </message>
</context>
<context>
    <name>TrendsPage</name>
    <message>
        <source>Protein</source>
        <translation>단백질</translation>
    </message>
    <message>
        <source>Carbohydrate</source>
        <translation>탄수화물</translation>
    </message>
    <message>
        <source>Fat</source>
        <translation>지방</translation>
    </message>
    <message>
        <source>Nothing is logged in these days</source>
        <translation>이 기간에 기록된 것이 없습니다</translation>
    </message>
    <message>
        <source>Trends</source>
        <translation>추세</translation>
    </message>
    <message>
        <source>7 days</source>
        <translation>7일</translation>
    </message>
    <message>
        <source>30 days</source>
        <translation>30일</translation>
    </message>
    <message>
        <source>90 days</source>
        <translation>90일</translation>
    </message>
    <message>
        <source>Year</source>
        <translation>1년</translation>
    </message>
</context>
<context>
    <name>UndoFlow</name>
    <message>
        <source>Taken back: {0}.</source>
        <translation>되돌렸습니다: {0}</translation>
    </message>
    <message>
        <source>Made again: {0}.</source>
        <translation>다시 실행했습니다: {0}</translation>
    </message>
</context>
<context>
    <name>UnfinishedCard</name>
    <message>
        <source>Continue</source>
        <translation>이어서 하기</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>버리기</translation>
    </message>
    <message>
        <source>{0} was interrupted after epoch {1}; what it learned is kept.</source>
        <translation>{0}이(가) 에포크 {1} 뒤에 중단되었습니다. 배운 것은 남아 있습니다.</translation>
    </message>
    <message>
        <source>{0} was interrupted in its first epoch; what it learned is kept.</source>
        <translation>{0}이(가) 첫 에포크에서 중단되었습니다. 배운 것은 남아 있습니다.</translation>
    </message>
    <message>
        <source>{0} is being trained in another process.</source>
        <translation>다른 프로세스가 {0}을(를) 학습하고 있습니다.</translation>
    </message>
    <message>
        <source>{0} trainings were interrupted</source>
        <translation>중단된 학습 {0}개</translation>
    </message>
    <message>
        <source>Interrupted trainings</source>
        <translation>중단된 학습</translation>
    </message>
</context>
<context>
    <name>ViewDialog</name>
    <message>
        <source>How it is shown</source>
        <translation>보기 방식</translation>
    </message>
    <message>
        <source>Brightness</source>
        <translation>밝기</translation>
    </message>
    <message>
        <source>Contrast</source>
        <translation>대비</translation>
    </message>
    <message>
        <source>Opacity of masks</source>
        <translation>마스크 불투명도</translation>
    </message>
    <message>
        <source>As usual</source>
        <translation>기본값</translation>
    </message>
</context>
<context>
    <name>WeighingFlow</name>
    <message>
        <source>The weight is kept; with a scale on the photo it teaches how thick the food is.</source>
        <translation>무게를 저장했습니다. 사진에 기준 물체가 있으면 음식의 두께도 배웁니다.</translation>
    </message>
    <message>
        <source>The weighings of {0} are forgotten. Ctrl+Z brings them back.</source>
        <translation>{0}의 저울 기록을 지웠습니다. Ctrl+Z로 되돌릴 수 있습니다.</translation>
    </message>
</context>
<context>
    <name>WeighingLine</name>
    <message>
        <source>I weighed it:</source>
        <translation>저울로 잰 무게:</translation>
    </message>
    <message>
        <source>What the kitchen scale showed</source>
        <translation>주방 저울이 가리킨 무게</translation>
    </message>
    <message>
        <source>Forget these weighings</source>
        <translation>저울 기록 지우기</translation>
    </message>
    <message>
        <source>The food&apos;s thickness is what it was before; the typed weights stay</source>
        <translation>음식의 두께가 처음 값으로 돌아갑니다. 입력한 무게는 그대로입니다</translation>
    </message>
    <message>
        <source>Click a coin, card or plate (S) too: with a scale the weight teaches how thick it is.</source>
        <translation>동전, 카드, 접시도 클릭하세요(S). 크기 기준이 있으면 무게에서 두께를 배웁니다.</translation>
    </message>
</context>
<context>
    <name>WeighingSession</name>
    <message>
        <source>Say what food it is first.</source>
        <translation>먼저 어떤 음식인지 정하세요.</translation>
    </message>
    <message>
        <source>Weigh {0}</source>
        <translation>{0} 무게 재기</translation>
    </message>
    <message>
        <source>Forget the weighings of {0}</source>
        <translation>{0}의 저울 기록 지우기</translation>
    </message>
</context>
<context>
    <name>WorkerChild</name>
    <message>
        <source>The segmentation worker cannot be started ({0}); run foodcal-desktop doctor.</source>
        <translation>분할 작업 프로세스를 시작할 수 없습니다 ({0}). foodcal-desktop doctor를 실행하세요.</translation>
    </message>
    <message>
        <source>The segmentation worker keeps stopping; run foodcal-desktop doctor.</source>
        <translation>분할 작업 프로세스가 계속 멈춥니다. foodcal-desktop doctor를 실행하세요.</translation>
    </message>
</context>
<context>
    <name>WorkerClient</name>
    <message>
        <source>The worker stopped while it looked for foods; mark them by clicks, or try again.</source>
        <translation>음식을 찾다가 작업 프로세스가 멈췄습니다. 클릭으로 표시하거나 다시 시도하세요.</translation>
    </message>
    <message>
        <source>{0} could not be encoded, the worker stopped each time; try a smaller checkpoint.</source>
        <translation>{0} 사진을 분석할 때마다 작업 프로세스가 멈췄습니다. 더 작은 체크포인트를 쓰세요.</translation>
    </message>
</context>
<context>
    <name>actions</name>
    <message>
        <source>&amp;Photo</source>
        <translation>사진(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>편집(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Tools</source>
        <translation>도구(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>보기(&amp;V)</translation>
    </message>
    <message>
        <source>Ma&amp;sks</source>
        <translation>마스크(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Meal</source>
        <translation>끼니(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;Diary</source>
        <translation>일기(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>도움말(&amp;H)</translation>
    </message>
    <message>
        <source>Open photos…</source>
        <translation>사진 열기…</translation>
    </message>
    <message>
        <source>Choose photos of meals</source>
        <translation>식사 사진 고르기</translation>
    </message>
    <message>
        <source>Open a folder…</source>
        <translation>폴더 열기…</translation>
    </message>
    <message>
        <source>Take all photos of a folder into the queue</source>
        <translation>폴더의 모든 사진을 목록에 추가</translation>
    </message>
    <message>
        <source>Paste a photo</source>
        <translation>사진 붙여넣기</translation>
    </message>
    <message>
        <source>Take the photo on the clipboard into the queue</source>
        <translation>클립보드의 사진을 목록에 추가</translation>
    </message>
    <message>
        <source>Previous photo</source>
        <translation>이전 사진</translation>
    </message>
    <message>
        <source>Next photo</source>
        <translation>다음 사진</translation>
    </message>
    <message>
        <source>Next photo to do</source>
        <translation>다음 할 일 사진</translation>
    </message>
    <message>
        <source>Mark as done</source>
        <translation>완료로 표시</translation>
    </message>
    <message>
        <source>Mark for review</source>
        <translation>검토 필요로 표시</translation>
    </message>
    <message>
        <source>Export as COCO…</source>
        <translation>COCO로 내보내기…</translation>
    </message>
    <message>
        <source>Write every accepted mask with its food and grams into a folder</source>
        <translation>수락한 모든 마스크를 음식과 무게와 함께 폴더에 저장</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>종료</translation>
    </message>
    <message>
        <source>Everything is saved already</source>
        <translation>이미 모두 저장되어 있습니다</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>실행 취소</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>다시 실행</translation>
    </message>
    <message>
        <source>Delete the mask</source>
        <translation>마스크 삭제</translation>
    </message>
    <message>
        <source>Select the previous item</source>
        <translation>이전 항목 선택</translation>
    </message>
    <message>
        <source>Select the next item</source>
        <translation>다음 항목 선택</translation>
    </message>
    <message>
        <source>Accept the mask</source>
        <translation>마스크 수락</translation>
    </message>
    <message>
        <source>Discard the prompts</source>
        <translation>클릭 취소</translation>
    </message>
    <message>
        <source>Accepted masks stay</source>
        <translation>수락한 마스크는 남습니다</translation>
    </message>
    <message>
        <source>Next candidate</source>
        <translation>다음 후보</translation>
    </message>
    <message>
        <source>Previous candidate</source>
        <translation>이전 후보</translation>
    </message>
    <message>
        <source>Point</source>
        <translation>점</translation>
    </message>
    <message>
        <source>Left click adds, right click or Alt removes, drag makes a box</source>
        <translation>왼쪽 클릭 추가, 오른쪽 클릭 또는 Alt 제외, 끌면 상자</translation>
    </message>
    <message>
        <source>Box</source>
        <translation>상자</translation>
    </message>
    <message>
        <source>Drag a box around the food</source>
        <translation>음식 둘레로 상자를 끌어 그리세요</translation>
    </message>
    <message>
        <source>Select</source>
        <translation>선택</translation>
    </message>
    <message>
        <source>Click a mask; Ctrl+click does so with any tool</source>
        <translation>마스크를 클릭하세요. 어떤 도구에서든 Ctrl+클릭으로 됩니다</translation>
    </message>
    <message>
        <source>Move the photo</source>
        <translation>사진 옮기기</translation>
    </message>
    <message>
        <source>Space or the middle button does so with any tool</source>
        <translation>어떤 도구에서든 스페이스나 가운데 단추로 됩니다</translation>
    </message>
    <message>
        <source>Scale reference</source>
        <translation>축척 기준</translation>
    </message>
    <message>
        <source>Click the coin, card or plate; it gives the grams their scale</source>
        <translation>동전, 카드, 접시를 클릭하면 무게의 축척이 정해집니다</translation>
    </message>
    <message>
        <source>It is the coin asked about</source>
        <translation>묻고 있는 동전이 맞음</translation>
    </message>
    <message>
        <source>Takes the first one offered as the scale reference</source>
        <translation>제시된 첫 번째를 기준물로 정합니다</translation>
    </message>
    <message>
        <source>It is no coin</source>
        <translation>동전이 아님</translation>
    </message>
    <message>
        <source>Not asked again on this photo</source>
        <translation>이 사진에서는 다시 묻지 않습니다</translation>
    </message>
    <message>
        <source>Fit the photo</source>
        <translation>사진 맞추기</translation>
    </message>
    <message>
        <source>Actual size</source>
        <translation>실제 크기</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>확대</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>축소</translation>
    </message>
    <message>
        <source>Annotate</source>
        <translation>표시</translation>
    </message>
    <message>
        <source>Mark foods on photos</source>
        <translation>사진에서 음식 표시</translation>
    </message>
    <message>
        <source>Diary</source>
        <translation>일기</translation>
    </message>
    <message>
        <source>What was eaten, day by day</source>
        <translation>날마다 먹은 음식</translation>
    </message>
    <message>
        <source>Say what it is…</source>
        <translation>음식 이름 정하기…</translation>
    </message>
    <message>
        <source>Search the food table</source>
        <translation>음식표 검색</translation>
    </message>
    <message>
        <source>Log the meal</source>
        <translation>끼니 기록</translation>
    </message>
    <message>
        <source>Write the items of this photo into the diary</source>
        <translation>이 사진의 항목을 일기에 기록</translation>
    </message>
    <message>
        <source>Previous day</source>
        <translation>이전 날</translation>
    </message>
    <message>
        <source>Next day</source>
        <translation>다음 날</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>오늘</translation>
    </message>
    <message>
        <source>Log a food without a photo…</source>
        <translation>사진 없이 음식 기록…</translation>
    </message>
    <message>
        <source>All actions…</source>
        <translation>모든 동작…</translation>
    </message>
    <message>
        <source>Find an action by its name, see its key</source>
        <translation>이름으로 동작을 찾고 키를 확인</translation>
    </message>
    <message>
        <source>Brush</source>
        <translation>브러시</translation>
    </message>
    <message>
        <source>Paint on the selected mask, or a new one; the right button or Alt erases</source>
        <translation>선택한 마스크나 새 마스크에 칠합니다. 오른쪽 단추나 Alt로 지웁니다</translation>
    </message>
    <message>
        <source>Eraser</source>
        <translation>지우개</translation>
    </message>
    <message>
        <source>Take away from the selected mask</source>
        <translation>선택한 마스크에서 지우기</translation>
    </message>
    <message>
        <source>Lasso</source>
        <translation>올가미</translation>
    </message>
    <message>
        <source>Draw around the food; Alt takes away</source>
        <translation>음식 둘레를 그리세요. Alt로 뺍니다</translation>
    </message>
    <message>
        <source>Polygon</source>
        <translation>다각형</translation>
    </message>
    <message>
        <source>Click the corners, Enter closes; drag a selected mask&apos;s corners, Alt+click removes one</source>
        <translation>꼭짓점을 클릭하고 Enter로 닫습니다. 선택한 마스크의 꼭짓점은 끌고, Alt+클릭으로 없앱니다</translation>
    </message>
    <message>
        <source>Smaller brush</source>
        <translation>브러시 작게</translation>
    </message>
    <message>
        <source>With the brush in hand [ and the wheel with Ctrl do so too</source>
        <translation>브러시에서는 [ 와 Ctrl+휠도 됩니다</translation>
    </message>
    <message>
        <source>Larger brush</source>
        <translation>브러시 크게</translation>
    </message>
    <message>
        <source>With the brush in hand ] and the wheel with Ctrl do so too</source>
        <translation>브러시에서는 ] 와 Ctrl+휠도 됩니다</translation>
    </message>
    <message>
        <source>Take the last click back</source>
        <translation>마지막 클릭 취소</translation>
    </message>
    <message>
        <source>Where a correction made the mask collapse</source>
        <translation>고치다가 마스크가 무너졌을 때</translation>
    </message>
    <message>
        <source>Correct by clicks</source>
        <translation>클릭으로 고치기</translation>
    </message>
    <message>
        <source>The selected mask is open for clicks again</source>
        <translation>선택한 마스크를 다시 클릭으로 고칩니다</translation>
    </message>
    <message>
        <source>Let the segmenter draw it anew</source>
        <translation>분할 엔진으로 다시 그리기</translation>
    </message>
    <message>
        <source>The mask drawn by hand is its prompt</source>
        <translation>손으로 그린 마스크를 입력으로 씁니다</translation>
    </message>
    <message>
        <source>Fill holes</source>
        <translation>구멍 메우기</translation>
    </message>
    <message>
        <source>Drop small islands</source>
        <translation>작은 조각 없애기</translation>
    </message>
    <message>
        <source>Smooth the outline</source>
        <translation>윤곽 다듬기</translation>
    </message>
    <message>
        <source>Split into islands</source>
        <translation>조각으로 나누기</translation>
    </message>
    <message>
        <source>Each part becomes an item of its own</source>
        <translation>조각마다 따로 항목이 됩니다</translation>
    </message>
    <message>
        <source>Merge the selected</source>
        <translation>선택한 마스크 합치기</translation>
    </message>
    <message>
        <source>Shift+click selects several</source>
        <translation>Shift+클릭으로 여러 개 선택</translation>
    </message>
    <message>
        <source>Add the others to the first selected</source>
        <translation>처음 선택한 마스크에 나머지 더하기</translation>
    </message>
    <message>
        <source>Subtract the others from the first selected</source>
        <translation>처음 선택한 마스크에서 나머지 빼기</translation>
    </message>
    <message>
        <source>Intersect the first selected with the others</source>
        <translation>처음 선택한 마스크와 겹치는 부분만 남기기</translation>
    </message>
    <message>
        <source>Copy to the next photo</source>
        <translation>다음 사진에 복사</translation>
    </message>
    <message>
        <source>The selected masks, or all of them</source>
        <translation>선택한 마스크 또는 전부</translation>
    </message>
    <message>
        <source>Move up the stack</source>
        <translation>위로 올리기</translation>
    </message>
    <message>
        <source>Where masks overlap, the upper one has the pixels</source>
        <translation>겹치는 픽셀은 위쪽 마스크에 속합니다</translation>
    </message>
    <message>
        <source>Move down the stack</source>
        <translation>아래로 내리기</translation>
    </message>
    <message>
        <source>Find all foods</source>
        <translation>모든 음식 찾기</translation>
    </message>
    <message>
        <source>Enter accepts a proposal, Del rejects it, a click corrects it, Tab goes on</source>
        <translation>Enter 수락, Del 거절, 클릭하여 고치기, Tab 다음</translation>
    </message>
    <message>
        <source>Accept all proposals</source>
        <translation>모든 제안 수락</translation>
    </message>
    <message>
        <source>Show what is not covered</source>
        <translation>표시되지 않은 음식 보기</translation>
    </message>
    <message>
        <source>Food that no mask covers yet</source>
        <translation>아직 마스크가 없는 음식</translation>
    </message>
    <message>
        <source>Outlines only</source>
        <translation>윤곽만</translation>
    </message>
    <message>
        <source>Preview under the pointer</source>
        <translation>포인터 아래 미리 보기</translation>
    </message>
    <message>
        <source>What a click would give; it never delays one</source>
        <translation>클릭하면 나올 결과. 클릭을 늦추지 않습니다</translation>
    </message>
    <message>
        <source>Brightness, contrast, opacity…</source>
        <translation>밝기, 대비, 불투명도…</translation>
    </message>
    <message>
        <source>Only how the photo is shown</source>
        <translation>사진을 보는 방식만 바뀝니다</translation>
    </message>
    <message>
        <source>Filter the queue</source>
        <translation>목록 거르기</translation>
    </message>
    <message>
        <source>All, to do, needs review, done</source>
        <translation>전체, 할 일, 검토 필요, 완료</translation>
    </message>
    <message>
        <source>Sort the queue by doubt</source>
        <translation>불확실한 순서로 정렬</translation>
    </message>
    <message>
        <source>The masks that the checkpoint is least sure of first</source>
        <translation>체크포인트가 가장 확신하지 못하는 마스크부터</translation>
    </message>
    <message>
        <source>Settings…</source>
        <translation>설정…</translation>
    </message>
    <message>
        <source>Keys…</source>
        <translation>단축키…</translation>
    </message>
    <message>
        <source>See and change the key of every action</source>
        <translation>모든 동작의 키를 보고 바꾸기</translation>
    </message>
    <message>
        <source>Checkpoints…</source>
        <translation>체크포인트…</translation>
    </message>
    <message>
        <source>What finds the masks: choose, download, import, verify</source>
        <translation>마스크를 찾는 가중치: 고르기, 내려받기, 가져오기, 검사</translation>
    </message>
    <message>
        <source>Effort…</source>
        <translation>작업량…</translation>
    </message>
    <message>
        <source>Clicks, seconds and edits by checkpoint</source>
        <translation>체크포인트별 클릭, 시간, 수정</translation>
    </message>
    <message>
        <source>Fine-tune</source>
        <translation>미세 조정</translation>
    </message>
    <message>
        <source>Teach the checkpoint with your masks</source>
        <translation>내 마스크로 체크포인트를 가르칩니다</translation>
    </message>
    <message>
        <source>Find these items in the next photo</source>
        <translation>이 항목들을 다음 사진에서 찾기</translation>
    </message>
    <message>
        <source>The selected masks, or all of them; each find asks to be confirmed</source>
        <translation>선택한 마스크 또는 전체. 찾은 항목은 하나씩 확인합니다</translation>
    </message>
    <message>
        <source>Carry the items through the series</source>
        <translation>항목을 연속 사진으로 이어 가기</translation>
    </message>
    <message>
        <source>Through a video&apos;s frames or the photos of this folder; a correction is followed</source>
        <translation>동영상 프레임이나 이 폴더의 사진으로. 고치면 그 뒤가 따라갑니다</translation>
    </message>
    <message>
        <source>Stop carrying</source>
        <translation>이어 가기 중지</translation>
    </message>
    <message>
        <source>What was found so far stays offered</source>
        <translation>지금까지 찾은 항목은 제안으로 남습니다</translation>
    </message>
    <message>
        <source>Same meal as the previous photo: from above</source>
        <translation>앞 사진과 같은 끼니: 위에서</translation>
    </message>
    <message>
        <source>Another photo from above; of all of them the median counts</source>
        <translation>위에서 찍은 다른 사진입니다. 모두의 중앙값을 씁니다</translation>
    </message>
    <message>
        <source>Same meal as the previous photo: from the side</source>
        <translation>앞 사진과 같은 끼니: 옆에서</translation>
    </message>
    <message>
        <source>It shows how high the food is, in place of its usual thickness</source>
        <translation>보통의 두께 대신 음식의 실제 높이를 보여 줍니다</translation>
    </message>
    <message>
        <source>Same meal as the previous photo: the leftovers</source>
        <translation>앞 사진과 같은 끼니: 남은 음식</translation>
    </message>
    <message>
        <source>What was eaten is what was there before less what is left</source>
        <translation>먹은 양은 처음 양에서 남은 양을 뺀 것입니다</translation>
    </message>
    <message>
        <source>A meal of its own</source>
        <translation>따로 된 끼니</translation>
    </message>
    <message>
        <source>The open photo belongs to no other photo&apos;s meal any more</source>
        <translation>열린 사진이 더는 다른 사진의 끼니에 속하지 않습니다</translation>
    </message>
    <message>
        <source>Trends</source>
        <translation>추세</translation>
    </message>
    <message>
        <source>What the days add up to, against the goal</source>
        <translation>여러 날의 열량과 영양소를 목표와 견줍니다</translation>
    </message>
    <message>
        <source>Trend of 7 days</source>
        <translation>7일 추세</translation>
    </message>
    <message>
        <source>Trend of 30 days</source>
        <translation>30일 추세</translation>
    </message>
    <message>
        <source>Trend of 90 days</source>
        <translation>90일 추세</translation>
    </message>
    <message>
        <source>A point is the mean of a week</source>
        <translation>점 하나는 한 주의 평균입니다</translation>
    </message>
    <message>
        <source>Trend of a year</source>
        <translation>1년 추세</translation>
    </message>
    <message>
        <source>Earlier days of the trend</source>
        <translation>추세의 이전 기간</translation>
    </message>
    <message>
        <source>Later days of the trend</source>
        <translation>추세의 다음 기간</translation>
    </message>
    <message>
        <source>Point to the day before</source>
        <translation>하루 앞을 가리키기</translation>
    </message>
    <message>
        <source>Point to the day after</source>
        <translation>하루 뒤를 가리키기</translation>
    </message>
    <message>
        <source>Point to no day</source>
        <translation>가리키기 그만두기</translation>
    </message>
    <message>
        <source>Open the day pointed to</source>
        <translation>가리킨 날 열기</translation>
    </message>
    <message>
        <source>In the diary; a click on it does so too</source>
        <translation>일기에서 엽니다. 그날을 클릭해도 됩니다</translation>
    </message>
    <message>
        <source>Remove from the queue</source>
        <translation>목록에서 빼기</translation>
    </message>
    <message>
        <source>Its masks and the diary stay; opening it again brings it back</source>
        <translation>마스크와 일기는 남습니다. 다시 열면 목록에 돌아옵니다</translation>
    </message>
    <message>
        <source>Remove what is done from the queue</source>
        <translation>완료한 사진을 목록에서 빼기</translation>
    </message>
    <message>
        <source>Masks and diary stay</source>
        <translation>마스크와 일기는 남습니다</translation>
    </message>
    <message>
        <source>Export the diary as a spreadsheet…</source>
        <translation>일기를 표 파일로 내보내기…</translation>
    </message>
    <message>
        <source>Write every entry with its time, interval and origin into a CSV file</source>
        <translation>모든 기록을 시각, 구간, 출처와 함께 CSV 파일에 씁니다</translation>
    </message>
    <message>
        <source>Import a dataset…</source>
        <translation>데이터셋 가져오기…</translation>
    </message>
    <message>
        <source>Take photos with their masks from a dataset of this or another program</source>
        <translation>이 프로그램이나 다른 프로그램의 데이터셋에서 사진과 마스크를 가져옵니다</translation>
    </message>
</context>
<context>
    <name>answers</name>
    <message>
        <source>It is right</source>
        <translation>맞습니다</translation>
    </message>
    <message>
        <source>No</source>
        <translation>아니요</translation>
    </message>
    <message>
        <source>A teaspoon</source>
        <translation>1작은술</translation>
    </message>
    <message>
        <source>A tablespoon</source>
        <translation>1큰술</translation>
    </message>
    <message>
        <source>More</source>
        <translation>더 많이</translation>
    </message>
</context>
<context>
    <name>empty_state</name>
    <message>
        <source>This photo cannot be shown</source>
        <translation>이 사진은 표시할 수 없습니다</translation>
    </message>
    <message>
        <source>Drop a photo of a meal here</source>
        <translation>식사 사진을 여기에 놓으세요</translation>
    </message>
    <message>
        <source>or click to choose one · paste · drop a folder or the JSON of a dataset</source>
        <translation>클릭하여 고르기 · 붙여넣기 · 폴더나 데이터셋의 JSON 놓기</translation>
    </message>
</context>
<context>
    <name>sentences</name>
    <message>
        <source>The scale reference has no pixels; click on the coin, plate or card again.</source>
        <translation>축척 기준에 픽셀이 없습니다. 동전, 접시, 카드를 다시 클릭하세요.</translation>
    </message>
    <message>
        <source>The line is too short; draw it between two points that are farther apart.</source>
        <translation>선이 너무 짧습니다. 더 먼 두 점 사이에 그으세요.</translation>
    </message>
    <message>
        <source>The line needs its real length in mm, a number above 0.</source>
        <translation>선의 실제 길이를 0보다 큰 mm 값으로 입력하세요.</translation>
    </message>
    <message>
        <source>The {0} is seen almost on its edge; lay it flat beside the food.</source>
        <translation>{0}: 거의 옆에서 찍혔습니다. 음식 옆에 평평하게 놓으세요.</translation>
    </message>
    <message>
        <source>The {0} is only {1} px wide, and each pixel is {2} % of the weight; take the photo closer or use a larger reference.</source>
        <translation>{0}의 너비가 {1} px뿐이라 1픽셀이 무게의 {2} %입니다. 더 가까이에서 찍거나 더 큰 기준물을 쓰세요.</translation>
    </message>
    <message>
        <source>The {0} and the {1} disagree by {2} % in length; check which coin, card or plate each one is.</source>
        <translation>{0}과(와) {1}의 길이가 {2} % 다릅니다. 각각 어떤 동전·카드·접시인지 확인하세요.</translation>
    </message>
    <message>
        <source>The {0} touches the photo&apos;s border; if a part is cut off, the scale is wrong.</source>
        <translation>{0}: 사진 가장자리에 닿아 있습니다. 일부가 잘렸다면 축척이 틀립니다.</translation>
    </message>
    <message>
        <source>The mask of the {0} has an odd shape; correct it with another click.</source>
        <translation>{0}: 마스크 모양이 이상합니다. 한 번 더 클릭해 고치세요.</translation>
    </message>
    <message>
        <source>The mask has no pixels; click on the food again.</source>
        <translation>마스크에 픽셀이 없습니다. 음식을 다시 클릭하세요.</translation>
    </message>
    <message>
        <source>A fixed serving says {0} kcal ({1} g), your photo says {2} kcal.</source>
        <translation>1회 제공량이면 {0} kcal ({1} g), 사진으로는 {2} kcal입니다.</translation>
    </message>
    <message>
        <source>The {0} is a number above 0.</source>
        <translation>0보다 큰 수여야 합니다: {0}.</translation>
    </message>
    <message>
        <source>Thickness of {0} is now {1} mm from {2} weighings; its error went from {3} to {4}.</source>
        <translation>{0}의 두께는 저울 기록 {2}개로 이제 {1} mm입니다. 오차가 {3}에서 {4}로 바뀌었습니다.</translation>
    </message>
    <message>
        <source>Thickness of {0} is now {1} mm from 1 weighing; its error was {2}.</source>
        <translation>{0}의 두께는 저울 기록 1개로 이제 {1} mm입니다. 오차는 {2}였습니다.</translation>
    </message>
    <message>
        <source>{0} has no scale, so it says nothing of the amount; click its coin, card or plate (S).</source>
        <translation>{0}에 크기 기준이 없어 양을 알 수 없습니다. 동전, 카드, 접시를 클릭하세요(S).</translation>
    </message>
    <message>
        <source>Choose another photo that shows the same meal.</source>
        <translation>같은 끼니를 찍은 다른 사진을 고르세요.</translation>
    </message>
    <message>
        <source>More is left than there was before; check which photo is the first one.</source>
        <translation>처음보다 많이 남았습니다. 어느 사진이 먼저인지 확인하세요.</translation>
    </message>
    <message>
        <source>median of {0} photos: {1}</source>
        <translation>사진 {0}장의 중앙값: {1}</translation>
    </message>
    <message>
        <source>weight typed on {0}</source>
        <translation>{0}에서 입력한 무게</translation>
    </message>
    <message>
        <source>measured on {0}</source>
        <translation>{0}에서 측정</translation>
    </message>
    <message>
        <source>{0} g left, typed on {1}</source>
        <translation>남은 {0} g ({1}에서 입력)</translation>
    </message>
    <message>
        <source>{0} g left on {1}</source>
        <translation>{1}에 남은 {0} g</translation>
    </message>
    <message>
        <source>{0} mm high on {1}</source>
        <translation>{1}에서 높이 {0} mm</translation>
    </message>
    <message>
        <source>The typed values of {0} contradict each other; clear one of them first.</source>
        <translation>입력한 값이 서로 맞지 않습니다({0}). 먼저 하나를 지우세요.</translation>
    </message>
    <message>
        <source>There is nothing to merge; select two masks or more.</source>
        <translation>합칠 것이 없습니다. 마스크를 두 개 이상 선택하세요.</translation>
    </message>
    <message>
        <source>How many servings of {0} are there?</source>
        <translation>{0}, 얼마나 되나요?</translation>
    </message>
    <message>
        <source>Which coin, card or plate is on the photo, and does its outline fit exactly?</source>
        <translation>사진에 있는 동전·카드·접시가 무엇이고, 윤곽이 정확히 맞나요?</translation>
    </message>
    <message>
        <source>{0} lies so much nearer to or farther from the camera than the scale reference that its weight may be off by {1} %; lay the reference beside it or hold the camera level.</source>
        <translation>{0}이(가) 기준물보다 카메라에 훨씬 가깝거나 멀어서 무게가 {1} % 어긋날 수 있습니다. 기준물을 음식 옆에 놓거나 카메라를 수평으로 드세요.</translation>
    </message>
    <message>
        <source>How deep is the bowl of {0}, and how full?</source>
        <translation>{0} 그릇의 깊이와 담긴 정도는 어떤가요?</translation>
    </message>
    <message>
        <source>How high is {0}, in mm?</source>
        <translation>{0}의 높이는 몇 mm인가요?</translation>
    </message>
    <message>
        <source>Was oil, butter or a sauce added to {0}?</source>
        <translation>{0}에 기름, 버터, 소스를 넣었나요?</translation>
    </message>
    <message>
        <source>The checkpoint {0} is not on this computer yet; {1}.</source>
        <translation>{0} 체크포인트가 아직 이 컴퓨터에 없습니다({1}).</translation>
    </message>
    <message>
        <source>There is already a checkpoint &apos;{0}&apos;; give this one another name.</source>
        <translation>‘{0}’ 체크포인트가 이미 있습니다. 다른 이름을 쓰세요.</translation>
    </message>
    <message>
        <source>{0} is no checkpoint; files ending in .pt or .safetensors are.</source>
        <translation>{0}은(는) 체크포인트가 아닙니다. .pt나 .safetensors 파일이어야 합니다.</translation>
    </message>
    <message>
        <source>The checkpoint {0} belongs to the program and cannot be removed.</source>
        <translation>{0} 체크포인트는 프로그램에 포함된 것이라 지울 수 없습니다.</translation>
    </message>
    <message>
        <source>The dataset has {0} annotated photos to learn from (split train) and {1} held out (split val); annotate more photos (two at least) and export them again.</source>
        <translation>데이터셋에 배울 사진 {0}장(train), 따로 둔 사진 {1}장(val)이 있습니다. 사진을 더(두 장 이상) 표시하고 다시 내보내세요.</translation>
    </message>
    <message>
        <source>The loss became infinite; set a smaller rate in the recipe.</source>
        <translation>손실이 무한대가 되었습니다. 레시피의 rate를 줄이세요.</translation>
    </message>
    <message>
        <source>The memory does not suffice for this checkpoint even one object at a time; choose a smaller checkpoint or the recipe heads.</source>
        <translation>한 번에 하나씩 해도 이 체크포인트에는 메모리가 모자랍니다. 더 작은 체크포인트나 레시피 heads를 고르세요.</translation>
    </message>
    <message>
        <source>The memory ran out; each step is now worked on in {0} parts. The result is the same, later.</source>
        <translation>메모리가 모자라 이제 각 단계를 {0}부분으로 나눕니다. 결과는 같고 더 오래 걸립니다.</translation>
    </message>
    <message>
        <source>The unfinished training of this name has another dataset, base checkpoint or recipe; give the same ones, or start afresh without --resume.</source>
        <translation>이 이름의 중단된 학습은 데이터셋, 시작점 또는 레시피가 다릅니다. 같은 것을 쓰거나 새로 시작하세요.</translation>
    </message>
    <message>
        <source>&apos;{0}&apos; cannot be a checkpoint&apos;s name; use letters, digits, &apos;-&apos;, &apos;.&apos; and &apos;_&apos;.</source>
        <translation>&apos;{0}&apos;은(는) 체크포인트 이름으로 쓸 수 없습니다. 글자, 숫자, &apos;-&apos;, &apos;.&apos;, &apos;_&apos;를 쓰세요.</translation>
    </message>
    <message>
        <source>Stopped; --resume goes on where it was.</source>
        <translation>멈췄습니다. 멈춘 곳에서 이어서 할 수 있습니다.</translation>
    </message>
    <message>
        <source>The download of {0} was cancelled; it resumes where it was.</source>
        <translation>{0} 내려받기를 취소했습니다. 다음에 멈춘 곳부터 이어집니다.</translation>
    </message>
    <message>
        <source>The memory of the graphics card is too small for the checkpoint {0}; {1} is used instead.</source>
        <translation>그래픽 카드의 메모리가 체크포인트 {0}에 부족하여 {1}을(를) 대신 사용합니다.</translation>
    </message>
    <message>
        <source>The memory of this computer is too small for the checkpoint {0}; {1} is used instead.</source>
        <translation>이 컴퓨터의 메모리가 체크포인트 {0}에 부족하여 {1}을(를) 대신 사용합니다.</translation>
    </message>
    <message>
        <source>The memory of the graphics card is too small for the checkpoint {0}; it runs on the CPU instead, which is slower.</source>
        <translation>그래픽 카드의 메모리가 체크포인트 {0}에 부족하여 더 느린 CPU에서 실행합니다.</translation>
    </message>
    <message>
        <source>There is too little memory for the checkpoint {0}; close other programs or choose a smaller one.</source>
        <translation>체크포인트 {0}에 쓸 메모리가 부족합니다. 다른 프로그램을 닫거나 더 작은 체크포인트를 고르세요.</translation>
    </message>
    <message>
        <source>There is too little memory to carry the items on; choose a smaller checkpoint, or the CPU.</source>
        <translation>항목을 이어 가기에 메모리가 부족합니다. 더 작은 체크포인트나 CPU를 고르세요.</translation>
    </message>
    <message>
        <source>Videos need PyAV; install it: pip install &quot;foodcal-desktop[video]&quot;.</source>
        <translation>동영상에는 PyAV가 필요합니다. 설치하세요: pip install &quot;foodcal-desktop[video]&quot;.</translation>
    </message>
    <message>
        <source>{0} cannot be decoded; it is damaged or no video.</source>
        <translation>{0}을(를) 해독할 수 없습니다. 손상되었거나 동영상이 아닙니다.</translation>
    </message>
    <message>
        <source>{0} has no pictures; choose another file.</source>
        <translation>{0}에 그림이 없습니다. 다른 파일을 고르세요.</translation>
    </message>
    <message>
        <source>The training {0} runs already in another process; wait for its end, or take another --name.</source>
        <translation>다른 프로세스가 {0}을(를) 이미 학습하고 있습니다. 끝날 때까지 기다리거나 다른 이름을 쓰세요.</translation>
    </message>
    <message>
        <source>There is no unfinished training of this name; start it without --resume.</source>
        <translation>이 이름의 중단된 학습이 없습니다. 새로 시작하세요.</translation>
    </message>
    <message>
        <source>The disk of {0} is full; make room and run the command again, with --resume if an epoch was over.</source>
        <translation>{0}이(가) 있는 디스크가 가득 찼습니다. 공간을 만든 뒤 이어서 하거나 다시 시작하세요.</translation>
    </message>
    <message>
        <source>{0} of the dataset&apos;s {1} photos are missing, first {2}; export the dataset again.</source>
        <translation>데이터셋의 사진 {1}장 중 {0}장이 없습니다(첫 번째: {2}). 데이터셋을 다시 내보내세요.</translation>
    </message>
    <message>
        <source>{0} of the dataset cannot be read; export the dataset again.</source>
        <translation>데이터셋의 {0}을(를) 읽을 수 없습니다. 데이터셋을 다시 내보내세요.</translation>
    </message>
    <message>
        <source>Annotations left out: {0} of crowds, {1} without an outline.</source>
        <translation>제외된 주석: 무리(crowd) {0}개, 윤곽이 없는 것 {1}개.</translation>
    </message>
    <message>
        <source>"{0}" cannot be done: another program has changed this since; what it made was kept.</source>
        <translation>"{0}"을(를) 할 수 없습니다. 그 사이 다른 프로그램이 바꾸었으며, 그 결과를 그대로 두었습니다.</translation>
    </message>
    <message>
        <source>"{0}" cannot be done: its photo was removed; please open the photo again.</source>
        <translation>"{0}"을(를) 할 수 없습니다. 사진이 삭제되었습니다. 사진을 다시 여세요.</translation>
    </message>
    <message>
        <source>"{0}" cannot be taken back or made again: another version of the program wrote it down.</source>
        <translation>"{0}"을(를) 되돌리거나 다시 실행할 수 없습니다. 프로그램의 다른 버전이 기록한 것입니다.</translation>
    </message>
    <message>
        <source>The food needs a name.</source>
        <translation>음식 이름이 필요합니다.</translation>
    </message>
    <message>
        <source>The weight is a number above 0 g, energy and nutrients are 0 or more.</source>
        <translation>무게는 0 g보다 크고, 열량과 영양소는 0 이상이어야 합니다.</translation>
    </message>
    <message>
        <source>{0} kcal in 100 g is more than pure fat has; check the energy and its weight.</source>
        <translation>100 g에 {0} kcal이면 순수한 지방보다 많습니다. 열량과 기준 무게를 확인하세요.</translation>
    </message>
    <message>
        <source>{0} g of nutrients in 100 g is too much; check them and their weight.</source>
        <translation>100 g에 영양소가 {0} g이면 너무 많습니다. 영양소와 기준 무게를 확인하세요.</translation>
    </message>
    <message>
        <source>A polygon of COCO is a list of numbers: x, y, x, y and so on.</source>
        <translation>COCO의 다각형은 x, y, x, y로 이어지는 숫자 목록이어야 합니다.</translation>
    </message>
    <message>
        <source>A polygon has an x without its y; the annotation is damaged.</source>
        <translation>다각형에 y가 없는 x가 있습니다. 주석이 손상되었습니다.</translation>
    </message>
    <message>
        <source>The run lengths do not fill a mask of {0}×{1} pixels; the annotation is damaged.</source>
        <translation>런 길이가 {0}×{1}픽셀 마스크를 채우지 않습니다. 주석이 손상되었습니다.</translation>
    </message>
    <message>
        <source>The mask&apos;s run-length string holds a character outside COCO&apos;s code.</source>
        <translation>마스크의 런 길이 문자열에 COCO 부호가 아닌 글자가 있습니다.</translation>
    </message>
    <message>
        <source>The mask&apos;s run-length string ends in the middle of a number.</source>
        <translation>마스크의 런 길이 문자열이 숫자 중간에서 끝납니다.</translation>
    </message>
    <message>
        <source>A COCO mask needs the keys &apos;size&apos; and &apos;counts&apos;.</source>
        <translation>COCO 마스크에는 &apos;size&apos;와 &apos;counts&apos; 키가 있어야 합니다.</translation>
    </message>
    <message>
        <source>The mask of annotation {0} is {1}×{2} and its photo {3} {4}×{5} pixels; export the dataset again.</source>
        <translation>주석 {0}의 마스크는 {1}×{2}, 사진 {3}은(는) {4}×{5}픽셀입니다. 데이터셋을 다시 내보내세요.</translation>
    </message>
    <message>
        <source>{0} is {1}×{2} pixels and its annotations are for {3}×{4}; export the dataset again.</source>
        <translation>{0}은(는) {1}×{2}픽셀인데 주석은 {3}×{4}픽셀용입니다. 데이터셋을 다시 내보내세요.</translation>
    </message>
    <message>
        <source>{0} cannot be found, or its folder is missing; check the path.</source>
        <translation>{0}을(를) 찾을 수 없거나 그 폴더가 없습니다. 경로를 확인하세요.</translation>
    </message>
    <message>
        <source>{0} lies in something that is no folder; check the path.</source>
        <translation>{0}의 경로에 폴더가 아닌 것이 있습니다. 경로를 확인하세요.</translation>
    </message>
    <message>
        <source>{0} is a folder; name a file in it.</source>
        <translation>{0}은(는) 폴더입니다. 그 안의 파일 이름을 지정하세요.</translation>
    </message>
    <message>
        <source>{0} may not be read or written; choose another place, or change its permissions.</source>
        <translation>{0}을(를) 읽거나 쓸 권한이 없습니다. 다른 위치를 고르거나 권한을 바꾸세요.</translation>
    </message>
    <message>
        <source>There is no room for {0} on its disk; free some and try again.</source>
        <translation>디스크에 {0}을(를) 쓸 공간이 없습니다. 공간을 비우고 다시 시도하세요.</translation>
    </message>
    <message>
        <source>{0} cannot be used ({1}); choose another place.</source>
        <translation>{0}을(를) 사용할 수 없습니다({1}). 다른 위치를 고르세요.</translation>
    </message>
    <message>
        <source>{0} cannot be read ({1}); choose another folder.</source>
        <translation>{0}을(를) 읽을 수 없습니다({1}). 다른 폴더를 고르세요.</translation>
    </message>
    <message>
        <source>The recipe {0} cannot be read; name a file such as recipes/heads.yaml.</source>
        <translation>레시피 {0}을(를) 읽을 수 없습니다. recipes/heads.yaml과 같은 파일을 고르세요.</translation>
    </message>
    <message>
        <source>The recipe {0} is no YAML in line {1}; write a setting a line, as name: value.</source>
        <translation>레시피 {0}은(는) {1}번째 줄이 YAML이 아닙니다. 한 줄에 설정 하나씩 이름: 값으로 쓰세요.</translation>
    </message>
    <message>
        <source>The recipe {0} is no YAML; write a setting a line, as name: value.</source>
        <translation>레시피 {0}은(는) YAML이 아닙니다. 한 줄에 설정 하나씩 이름: 값으로 쓰세요.</translation>
    </message>
    <message>
        <source>The recipe {0} holds no settings; write one a line, as name: value.</source>
        <translation>레시피 {0}에 설정이 없습니다. 한 줄에 하나씩 이름: 값으로 쓰세요.</translation>
    </message>
    <message>
        <source>{0} has the unknown setting &apos;{1}&apos;; there are: {2}.</source>
        <translation>{0}에 없는 설정 &apos;{1}&apos;이(가) 있습니다. 쓸 수 있는 것: {2}.</translation>
    </message>
    <message>
        <source>{0} must be a group of settings, not {1}.</source>
        <translation>{0}은(는) 설정 묶음이어야 하며 {1}일 수 없습니다.</translation>
    </message>
    <message>
        <source>{0} must be a number, not {1}.</source>
        <translation>{0}은(는) 숫자여야 하며 {1}일 수 없습니다.</translation>
    </message>
    <message>
        <source>{0} must be a whole number, not {1}.</source>
        <translation>{0}은(는) 정수여야 하며 {1}일 수 없습니다.</translation>
    </message>
    <message>
        <source>{0} must be a word, not {1}.</source>
        <translation>{0}은(는) 낱말이어야 하며 {1}일 수 없습니다.</translation>
    </message>
    <message>
        <source>{0} must be a list such as [0.25, 0.75], not {1}.</source>
        <translation>{0}은(는) [0.25, 0.75] 같은 목록이어야 하며 {1}일 수 없습니다.</translation>
    </message>
    <message>
        <source>{0} must be between {1} and {2}, not {3}.</source>
        <translation>{0}은(는) {1}에서 {2} 사이여야 하며 {3}일 수 없습니다.</translation>
    </message>
    <message>
        <source>{0} must be one of {1}, not &apos;{2}&apos;.</source>
        <translation>{0}은(는) {1} 중 하나여야 하며 &apos;{2}&apos;일 수 없습니다.</translation>
    </message>
    <message>
        <source>{0}: rounds are shares of the samples and must sum to 1, not {1}.</source>
        <translation>{0}: rounds는 표본의 몫이므로 합이 1이어야 하며 {1}일 수 없습니다.</translation>
    </message>
    <message>
        <source>The recipe {0} is for the bundled checkpoint; use full.yaml for the official ones.</source>
        <translation>레시피 {0}은(는) 내장 체크포인트용입니다. 공식 체크포인트에는 full.yaml을 쓰세요.</translation>
    </message>
    <message>
        <source>{0}: sides must be multiples of 32, each with its share in side_shares.</source>
        <translation>{0}: sides는 32의 배수여야 하고 각각 side_shares에 몫이 있어야 합니다.</translation>
    </message>
    <message>
        <source>{0} does not fit into the memory; please open a smaller copy.</source>
        <translation>{0} 사진이 메모리에 들어가지 않습니다. 더 작은 사본을 여세요.</translation>
    </message>
    <message>
        <source>{0} does not exist; it may have been moved or deleted.</source>
        <translation>{0} 파일이 없습니다. 옮겨졌거나 삭제되었을 수 있습니다.</translation>
    </message>
    <message>
        <source>{0} cannot be read; you have no permission to open it.</source>
        <translation>{0} 파일을 읽을 수 없습니다. 열 권한이 없습니다.</translation>
    </message>
    <message>
        <source>{0} cannot be read from the disk ({1}); please try a copy of it.</source>
        <translation>디스크에서 {0} 파일을 읽을 수 없습니다({1}). 사본으로 다시 해 보세요.</translation>
    </message>
    <message>
        <source>{0} is a folder; open the photos in it instead.</source>
        <translation>{0}은(는) 폴더입니다. 그 안의 사진을 여세요.</translation>
    </message>
    <message>
        <source>{0} is not a regular file and cannot be opened as a photo.</source>
        <translation>{0}은(는) 일반 파일이 아니어서 사진으로 열 수 없습니다.</translation>
    </message>
    <message>
        <source>{0} is empty; please copy the photo again from its source.</source>
        <translation>{0} 파일이 비어 있습니다. 원본에서 사진을 다시 복사하세요.</translation>
    </message>
    <message>
        <source>{0} is no photo that can be read, or is damaged; use a {1} file.</source>
        <translation>{0}은(는) 읽을 수 있는 사진이 아니거나 손상되었습니다. {1} 파일을 쓰세요.</translation>
    </message>
    <message>
        <source>{0} has {1} pixels, more than the {2} megapixels allowed; please open a smaller copy.</source>
        <translation>{0} 사진은 {1} 픽셀로, 허용된 {2} 메가픽셀보다 큽니다. 더 작은 사본을 여세요.</translation>
    </message>
    <message>
        <source>{0} is truncated: its end is missing; please copy the photo again from its source.</source>
        <translation>{0} 파일의 끝이 잘렸습니다. 원본에서 사진을 다시 복사하세요.</translation>
    </message>
    <message>
        <source>{0} is damaged and cannot be decoded; please copy the photo again from its source.</source>
        <translation>{0} 파일이 손상되어 열 수 없습니다. 원본에서 사진을 다시 복사하세요.</translation>
    </message>
    <message>
        <source>Another program is writing to the diary for too long; please close it or try again.</source>
        <translation>다른 프로그램이 일기에 너무 오래 쓰고 있습니다. 그 프로그램을 닫거나 다시 해 보세요.</translation>
    </message>
    <message>
        <source>The disk is full, so nothing was saved to {0}; please free some space and try again.</source>
        <translation>디스크가 가득 차서 {0}에 저장하지 못했습니다. 공간을 비우고 다시 해 보세요.</translation>
    </message>
    <message>
        <source>{0} cannot be written; please check the permissions of its folder, or choose another data folder.</source>
        <translation>{0}에 쓸 수 없습니다. 폴더의 권한을 확인하거나 다른 데이터 폴더를 고르세요.</translation>
    </message>
    <message>
        <source>The database {0} could not be used ({1}).</source>
        <translation>{0} 데이터베이스를 쓸 수 없습니다({1}).</translation>
    </message>
    <message>
        <source>{0} is no COCO instances file: it is no JSON; copy the dataset again.</source>
        <translation>{0}은(는) COCO 인스턴스 파일이 아닙니다. JSON이 아니니 데이터셋을 다시 복사하세요.</translation>
    </message>
    <message>
        <source>{0} is no COCO instances file: it lacks images or annotations.</source>
        <translation>{0}은(는) COCO 인스턴스 파일이 아닙니다. images나 annotations가 없습니다.</translation>
    </message>
    <message>
        <source>{0} is no COCO instances file ({1}).</source>
        <translation>{0}은(는) COCO 인스턴스 파일이 아닙니다({1}).</translation>
    </message>
    <message>
        <source>{0} cannot be read; name the folder of a COCO dataset, or its file.</source>
        <translation>{0}을(를) 읽을 수 없습니다. COCO 데이터셋의 폴더나 그 파일을 고르세요.</translation>
    </message>
    <message>
        <source>What the dataset says of {0} is damaged ({1}).</source>
        <translation>데이터셋에 적힌 {0}의 내용이 손상되었습니다({1}).</translation>
    </message>
    <message>
        <source>There is no photo in {0} that can be read; nothing was imported.</source>
        <translation>{0}에 읽을 수 있는 사진이 없어 아무것도 가져오지 않았습니다.</translation>
    </message>
    <message>
        <source>Annotations of no photo that the dataset lists: {0}.</source>
        <translation>데이터셋에 없는 사진의 주석: {0}개.</translation>
    </message>
    <message>
        <source>{0} of {1} annotations of {2} left out: a crowd is no single food.</source>
        <translation>{2}의 주석 {1}개 중 {0}개 제외: 무리(crowd)는 음식 하나가 아닙니다.</translation>
    </message>
    <message>
        <source>{0} of {1} annotations of {2} left out: there is no outline; export masks or polygons, not boxes.</source>
        <translation>{2}의 주석 {1}개 중 {0}개 제외: 윤곽이 없습니다. 상자가 아니라 마스크나 다각형을 내보내세요.</translation>
    </message>
    <message>
        <source>{0} of {1} annotations of {2} left out: damaged ({3}).</source>
        <translation>{2}의 주석 {1}개 중 {0}개 제외: 손상되었습니다({3}).</translation>
    </message>
    <message>
        <source>Annotations left out: {0} of crowds, {1} without an outline, {2} damaged.</source>
        <translation>제외된 주석: 무리(crowd) {0}개, 윤곽이 없는 것 {1}개, 손상된 것 {2}개.</translation>
    </message>
    <message>
        <source>A food of the dataset is damaged ({0}).</source>
        <translation>데이터셋의 음식 하나가 손상되었습니다({0}).</translation>
    </message>
    <message>
        <source>a mask has no pixels on its photo.</source>
        <translation>마스크가 사진에서 한 픽셀도 차지하지 않습니다.</translation>
    </message>
    <message>
        <source>a mask has another size than its photo.</source>
        <translation>마스크의 크기가 사진과 다릅니다.</translation>
    </message>
    <message>
        <source>it is {0}×{1}, not {2}×{3} pixels.</source>
        <translation>크기가 {2}×{3}이 아니라 {0}×{1}픽셀입니다.</translation>
    </message>
    <message>
        <source>the key &apos;{0}&apos; is missing.</source>
        <translation>&apos;{0}&apos; 키가 없습니다.</translation>
    </message>
    <message>
        <source>the photo name {0} leads out of the dataset.</source>
        <translation>사진 이름 {0}이(가) 데이터셋 밖을 가리킵니다.</translation>
    </message>
    <message>
        <source>{0} is damaged and was left out ({1}).</source>
        <translation>{0}이(가) 손상되어 제외했습니다({1}).</translation>
    </message>
    <message>
        <source>There is no JSON of labelme in {0}; name the folder in which its files lie.</source>
        <translation>{0}에 labelme의 JSON이 없습니다. 그 파일들이 있는 폴더를 고르세요.</translation>
    </message>
    <message>
        <source>Nothing like a coin, plate or card is at this point; click on its middle.</source>
        <translation>이 자리에는 동전, 접시, 카드처럼 보이는 것이 없습니다. 한가운데를 클릭하세요.</translation>
    </message>
    <message>
        <source>The plate&apos;s rim is not clear from this point; drag a box around the whole plate.</source>
        <translation>이 자리에서는 접시의 가장자리를 알 수 없습니다. 접시 전체를 상자로 드래그하세요.</translation>
    </message>
    <message>
        <source>The reference is too small to be measured; click a larger one, or take the photo closer.</source>
        <translation>기준이 너무 작아 잴 수 없습니다. 더 큰 것을 클릭하거나 더 가까이에서 찍으세요.</translation>
    </message>
    <message>
        <source>The card is too small to be measured; click a larger one, or take the photo closer.</source>
        <translation>카드가 너무 작아 잴 수 없습니다. 더 큰 것을 클릭하거나 더 가까이에서 찍으세요.</translation>
    </message>
    <message>
        <source>plate of {0} mm.</source>
        <translation>접시 {0} mm.</translation>
    </message>
    <message>
        <source>1 CNY coin.</source>
        <translation>1위안 동전.</translation>
    </message>
    <message>
        <source>500 KRW coin.</source>
        <translation>500원 동전.</translation>
    </message>
    <message>
        <source>100 KRW coin.</source>
        <translation>100원 동전.</translation>
    </message>
    <message>
        <source>1 EUR coin.</source>
        <translation>1유로 동전.</translation>
    </message>
    <message>
        <source>US quarter.</source>
        <translation>미국 25센트 동전.</translation>
    </message>
    <message>
        <source>bank card.</source>
        <translation>은행 카드.</translation>
    </message>
    <message>
        <source>line.</source>
        <translation>선.</translation>
    </message>
</context>
<context>
    <name>sources</name>
    <message>
        <source>the mask</source>
        <translation>마스크</translation>
    </message>
    <message>
        <source>the usual serving, for the photo has no scale</source>
        <translation>사진에 축척이 없어 보통 1회 제공량을 씁니다</translation>
    </message>
    <message>
        <source>what was weighed of it before, for the photo has no scale</source>
        <translation>사진에 축척이 없어 전에 잰 무게를 씁니다</translation>
    </message>
    <message>
        <source>area × thickness</source>
        <translation>면적 × 두께</translation>
    </message>
    <message>
        <source>volume × density</source>
        <translation>부피 × 밀도</translation>
    </message>
    <message>
        <source>typed</source>
        <translation>직접 입력</translation>
    </message>
    <message>
        <source>follows from the typed values</source>
        <translation>입력한 값에서 계산</translation>
    </message>
    <message>
        <source>{0}: {1} mm per px</source>
        <translation>{0}: 픽셀당 {1} mm</translation>
    </message>
    <message>
        <source>camera tilted by {0}°</source>
        <translation>카메라 기울기 {0}°</translation>
    </message>
    <message>
        <source>nearer to the camera than the reference by {0} mm</source>
        <translation>기준물보다 카메라에 {0} mm 더 가까움</translation>
    </message>
    <message>
        <source>{0} mm at this area</source>
        <translation>이 면적에서 {0} mm</translation>
    </message>
    <message>
        <source>drawn {0} toward a serving of {1} g</source>
        <translation>1회 제공량 {1} g 쪽으로 {0} 당김</translation>
    </message>
    <message>
        <source>{0}: rim {1} mm</source>
        <translation>{0}: 테두리 {1} mm</translation>
    </message>
    <message>
        <source>your kitchen scale</source>
        <translation>주방 저울</translation>
    </message>
    <message>
        <source>grams × kcal per 100 g</source>
        <translation>무게 × 100 g당 kcal</translation>
    </message>
    <message>
        <source>fat that a photo does not show</source>
        <translation>사진에 보이지 않는 기름</translation>
    </message>
    <message>
        <source>{0} mm, as you said</source>
        <translation>{0} mm, 직접 답함</translation>
    </message>
    <message>
        <source>{0} servings, as you said</source>
        <translation>{0}인분, 직접 답함</translation>
    </message>
    <message>
        <source>oil: {0} g added to {1} g, as you said</source>
        <translation>기름: {1} g에 {0} g 추가, 직접 답함</translation>
    </message>
    <message>
        <source>no oil, as you said</source>
        <translation>기름 없음, 직접 답함</translation>
    </message>
    <message>
        <source>{0} weighings</source>
        <translation>계량 {0}회</translation>
    </message>
    <message>
        <source>{0} weighing</source>
        <translation>계량 {0}회</translation>
    </message>
</context>
<context>
    <name>training_words</name>
    <message>
        <source>Only the decoder learns; quick for the official checkpoints</source>
        <translation>디코더만 학습, 공식 체크포인트에 빠름</translation>
    </message>
    <message>
        <source>All of the bundled checkpoint, in minutes</source>
        <translation>기본 체크포인트 전체를 몇 분 안에</translation>
    </message>
    <message>
        <source>Everything learns; for a GPU</source>
        <translation>전체 학습, GPU용</translation>
    </message>
    <message>
        <source>The bundled checkpoint anew, for hours</source>
        <translation>기본 체크포인트를 새로, 몇 시간</translation>
    </message>
    <message>
        <source>less than a minute left</source>
        <translation>1분 미만 남음</translation>
    </message>
    <message>
        <source>about a minute left</source>
        <translation>약 1분 남음</translation>
    </message>
    <message>
        <source>about {0} minutes left</source>
        <translation>약 {0}분 남음</translation>
    </message>
    <message>
        <source>about {0} h {1} min left</source>
        <translation>약 {0}시간 {1}분 남음</translation>
    </message>
    <message>
        <source>Getting ready…</source>
        <translation>준비하는 중…</translation>
    </message>
    <message>
        <source>Comparing with its base…</source>
        <translation>이전 것과 비교하는 중…</translation>
    </message>
    <message>
        <source>Epoch {0} of {1}</source>
        <translation>에포크 {0}/{1}</translation>
    </message>
    <message>
        <source>The photos are read and the checkpoint is loaded.</source>
        <translation>사진을 읽고 체크포인트를 불러오는 중입니다.</translation>
    </message>
    <message>
        <source>The base is measured on the held-out photos, to compare with.</source>
        <translation>비교하기 위해 따로 둔 사진에서 이전 것을 재고 있습니다.</translation>
    </message>
    <message>
        <source>Old and new click at the same held-out photos: {0} of {1}.</source>
        <translation>이전 것과 새것이 따로 둔 같은 사진을 클릭합니다: {0}/{1}</translation>
    </message>
    <message>
        <source>{0} photos teach, {1} are held out. Go on with your work meanwhile.</source>
        <translation>사진 {0}장으로 배우고 {1}장은 따로 둡니다. 그동안 하던 일을 계속하세요.</translation>
    </message>
    <message>
        <source>{0} to {1}</source>
        <translation>{0} ~ {1}</translation>
    </message>
    <message>
        <source>before {0} clicks · after {1} clicks per food ({2} unseen photos)</source>
        <translation>음식당 클릭 이전 {0}번 · 이후 {1}번 (처음 보는 사진 {2}장)</translation>
    </message>
    <message>
        <source>Better than {0}: IoU {1}, clicks {2} (95 % intervals of the difference).</source>
        <translation>{0}보다 낫습니다: IoU {1}, 클릭 {2} (차이의 95% 구간).</translation>
    </message>
    <message>
        <source>Not better than {0} beyond doubt, so nothing was changed: IoU {1}, clicks {2} (95 % intervals of the difference). Mark more photos and try again.</source>
        <translation>{0}보다 확실히 낫지는 않아 아무것도 바꾸지 않았습니다: IoU {1}, 클릭 {2} (차이의 95% 구간). 사진을 더 표시하고 다시 해 보세요.</translation>
    </message>
    <message>
        <source>everything marked</source>
        <translation>표시한 모든 것</translation>
    </message>
    <message>
        <source>running</source>
        <translation>학습 중</translation>
    </message>
    <message>
        <source>first epoch</source>
        <translation>첫 에포크</translation>
    </message>
    <message>
        <source>epoch {0}</source>
        <translation>에포크 {0}</translation>
    </message>
    <message>
        <source>{0} photos teach, {1} are held out.</source>
        <translation>사진 {0}장으로 배우고 {1}장은 따로 둡니다.</translation>
    </message>
</context>
<context>
    <name>trend_words</name>
    <message>
        <source>d MMM</source>
        <translation>M월 d일</translation>
    </message>
    <message>
        <source>d MMM yyyy</source>
        <translation>yyyy년 M월 d일</translation>
    </message>
    <message>
        <source>ddd d</source>
        <translation>d일 ddd</translation>
    </message>
    <message>
        <source>Week of {0}, {1} days logged</source>
        <translation>{0} 주간, {1}일 기록</translation>
    </message>
    <message>
        <source>The one day logged</source>
        <translation>기록된 하루</translation>
    </message>
    <message>
        <source>Mean of {0} days</source>
        <translation>{0}일 평균</translation>
    </message>
    <message>
        <source>kcal a day</source>
        <translation>kcal/일</translation>
    </message>
    <message>
        <source>kcal</source>
        <translation>kcal</translation>
    </message>
    <message>
        <source>{0} of {1} days logged</source>
        <translation>{1}일 중 {0}일 기록</translation>
    </message>
    <message>
        <source>surely under {0} kcal: {1} · surely over: {2} · undecided: {3}</source>
        <translation>{0} kcal보다 확실히 적음: {1}일 · 확실히 많음: {2}일 · 알 수 없음: {3}일</translation>
    </message>
    <message>
        <source>A day is surely under or over the goal where all of its 80 % interval is. Days without entries are not counted; today joins the mean once it is over.</source>
        <translation>80 % 구간 전체가 목표의 한쪽에 있는 날만 확실히 적거나 많은 날로 셉니다. 기록이 없는 날은 세지 않으며, 오늘은 하루가 끝난 뒤에 평균에 들어갑니다.</translation>
    </message>
    <message>
        <source>Nothing logged</source>
        <translation>기록 없음</translation>
    </message>
    <message>
        <source>So far: the day is not over</source>
        <translation>지금까지의 기록: 하루가 아직 끝나지 않았습니다</translation>
    </message>
    <message>
        <source>Surely under the goal of {0} kcal</source>
        <translation>목표 {0} kcal보다 확실히 적음</translation>
    </message>
    <message>
        <source>Surely over the goal of {0} kcal</source>
        <translation>목표 {0} kcal보다 확실히 많음</translation>
    </message>
    <message>
        <source>Too near to the goal of {0} kcal to say</source>
        <translation>목표 {0} kcal에 가까워 알 수 없음</translation>
    </message>
    <message>
        <source>{0} kcal · once</source>
        <translation>{0} kcal · 한 번</translation>
    </message>
    <message>
        <source>{0} kcal · {1} times</source>
        <translation>{0} kcal · {1}번</translation>
    </message>
</context>
<context>
    <name>wording</name>
    <message>
        <source>Of 1 food not all of these are known; the sums are of what is</source>
        <translation>음식 1개는 일부 값을 알 수 없어 아는 값만 더했습니다</translation>
    </message>
    <message>
        <source>Of {0} foods not all of these are known; the sums are of what is</source>
        <translation>음식 {0}개는 일부 값을 알 수 없어 아는 값만 더했습니다</translation>
    </message>
    <message>
        <source>Breakfast</source>
        <translation>아침</translation>
    </message>
    <message>
        <source>Lunch</source>
        <translation>점심</translation>
    </message>
    <message>
        <source>Dinner</source>
        <translation>저녁</translation>
    </message>
    <message>
        <source>Snack</source>
        <translation>간식</translation>
    </message>
    <message>
        <source>Another view from above</source>
        <translation>위에서 찍은 다른 사진</translation>
    </message>
    <message>
        <source>A view from the side</source>
        <translation>옆에서 찍은 사진</translation>
    </message>
    <message>
        <source>The leftovers</source>
        <translation>남은 음식</translation>
    </message>
    <message>
        <source>Another view of {0}</source>
        <translation>{0}을(를) 위에서 한 번 더</translation>
    </message>
    <message>
        <source>Side view of {0}</source>
        <translation>{0}의 옆모습</translation>
    </message>
    <message>
        <source>Leftovers of {0}</source>
        <translation>{0}에서 남은 음식</translation>
    </message>
    <message>
        <source>{0} g eaten</source>
        <translation>{0} g 먹음</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>오늘</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>어제</translation>
    </message>
    <message>
        <source>dddd, d MMMM</source>
        <translation>M월 d일 dddd</translation>
    </message>
    <message>
        <source>coin 1 CNY</source>
        <translation>1위안 동전</translation>
    </message>
    <message>
        <source>coin 500 KRW</source>
        <translation>500원 동전</translation>
    </message>
    <message>
        <source>coin 100 KRW</source>
        <translation>100원 동전</translation>
    </message>
    <message>
        <source>coin 1 EUR</source>
        <translation>1유로 동전</translation>
    </message>
    <message>
        <source>US quarter</source>
        <translation>미국 25센트 동전</translation>
    </message>
    <message>
        <source>bank card</source>
        <translation>은행 카드</translation>
    </message>
    <message>
        <source>line</source>
        <translation>선</translation>
    </message>
    <message>
        <source>plate {0} mm</source>
        <translation>접시 {0} mm</translation>
    </message>
</context>
<context>
    <name>hints</name>
    <message>
        <source>Paints a new mask · right button erases · [ and ] size the brush</source>
        <translation>새 마스크를 칠합니다 · 오른쪽 버튼은 지우기 · [ 와 ] 로 붓 크기</translation>
    </message>
    <message>
        <source>Select a mask to erase from it: Ctrl+click</source>
        <translation>지울 마스크를 먼저 고르세요: Ctrl+클릭</translation>
    </message>
    <message>
        <source>Draw around a food for a new mask</source>
        <translation>음식 둘레를 그리면 새 마스크가 됩니다</translation>
    </message>
    <message>
        <source>Click the corners of a new mask · double click or Enter closes</source>
        <translation>새 마스크의 꼭짓점을 클릭하세요 · 두 번 클릭하거나 Enter로 닫습니다</translation>
    </message>
    <message>
        <source>Paints on {0} · right button erases · Esc: a new mask</source>
        <translation>{0}에 칠합니다 · 오른쪽 버튼은 지우기 · Esc: 새 마스크</translation>
    </message>
    <message>
        <source>Erases from {0}</source>
        <translation>{0}에서 지웁니다</translation>
    </message>
    <message>
        <source>Adds to {0} · Alt takes away · Esc: a new mask</source>
        <translation>{0}에 더합니다 · Alt는 빼기 · Esc: 새 마스크</translation>
    </message>
    <message>
        <source>Drag a corner of {0}, Alt+click removes it · Esc: a new mask</source>
        <translation>{0}의 꼭짓점을 끌어 옮기고 Alt+클릭으로 지웁니다 · Esc: 새 마스크</translation>
    </message>
    <message>
        <source>Click it, or drag a box around it</source>
        <translation>클릭하거나, 둘레를 상자로 드래그하세요</translation>
    </message>
</context>
<context>
    <name>OwnFoodForm</name>
    <message>
        <source>Left empty, it is not known</source>
        <translation>비워 두면 알 수 없음으로 둡니다</translation>
    </message>
    <message>
        <source>Energy</source>
        <translation>열량</translation>
    </message>
    <message>
        <source>in</source>
        <translation>기준량</translation>
    </message>
    <message>
        <source>Protein</source>
        <translation>단백질</translation>
    </message>
    <message>
        <source>Carbohydrate</source>
        <translation>탄수화물</translation>
    </message>
    <message>
        <source>Fat</source>
        <translation>지방</translation>
    </message>
    <message>
        <source>Keep this food</source>
        <translation>이 음식 추가</translation>
    </message>
    <message>
        <source>Forget it</source>
        <translation>목록에서 삭제</translation>
    </message>
    <message>
        <source>“{0}”, as on its packet</source>
        <translation>“{0}” · 포장의 영양 성분표대로</translation>
    </message>
    <message>
        <source>Type its energy first; it stands on the packet.</source>
        <translation>먼저 열량을 입력하세요. 포장의 영양 성분표에 있습니다.</translation>
    </message>
</context>
<context>
    <name>RecipeBox</name>
    <message>
        <source>The usual one</source>
        <translation>기본 레시피</translation>
    </message>
    <message>
        <source>A file of your own…</source>
        <translation>내 파일…</translation>
    </message>
    <message>
        <source>Reading {0}…</source>
        <translation>{0} 읽는 중…</translation>
    </message>
    <message>
        <source>Recipes (*.yaml *.yml);;All files (*)</source>
        <translation>레시피 (*.yaml *.yml);;모든 파일 (*)</translation>
    </message>
    <message>
        <source>A recipe: settings of a training</source>
        <translation>레시피: 학습 설정</translation>
    </message>
    <message>
        <source>Your own, read and checked</source>
        <translation>내 레시피 · 읽고 확인했습니다</translation>
    </message>
</context>
<context>
    <name>TrainingCheck</name>
    <message>
        <source>It cannot be read now ({0}); try again.</source>
        <translation>지금은 읽을 수 없습니다({0}). 다시 해 보세요.</translation>
    </message>
    <message>
        <source>Reading it ended unexpectedly; try again.</source>
        <translation>읽기가 뜻밖에 끝났습니다. 다시 해 보세요.</translation>
    </message>
</context>
<context>
    <name>QFileDialog</name>
    <message>
        <source>&amp;Look in:</source>
        <translation>찾는 위치(&amp;L):</translation>
    </message>
    <message>
        <source>Files of &amp;type:</source>
        <translation>파일 형식(&amp;T):</translation>
    </message>
</context>
<context>
    <name>QAbstractFileIconProvider</name>
    <message>
        <source>Folder</source>
        <translation>폴더</translation>
    </message>
</context>
<context>
    <name>import</name>
    <message>
        <source>{0} masks of {1} photos came in.</source>
        <translation>사진 {1}장의 마스크 {0}개를 가져왔습니다.</translation>
    </message>
    <message>
        <source>All {0} masks of {1} photos were there already.</source>
        <translation>사진 {1}장의 마스크 {0}개가 모두 이미 있습니다.</translation>
    </message>
    <message>
        <source>{0} were there already.</source>
        <translation>{0}개는 이미 있었습니다.</translation>
    </message>
    <message>
        <source>{0} foods came along.</source>
        <translation>음식 {0}개도 함께 가져왔습니다.</translation>
    </message>
    <message>
        <source>Stopped. The photos taken so far are in; import it again for the others.</source>
        <translation>중지했습니다. 지금까지의 사진은 들어왔고, 나머지는 다시 가져오면 됩니다.</translation>
    </message>
    <message>
        <source>{0} photos came in; the dataset has no masks.</source>
        <translation>사진 {0}장을 가져왔습니다. 데이터셋에 마스크가 없습니다.</translation>
    </message>
    <message>
        <source>{0} of {1} photos</source>
        <translation>사진 {1}장 중 {0}장</translation>
    </message>
    <message>
        <source>Left out: {0}.</source>
        <translation>제외: {0}.</translation>
    </message>
</context>
<context>
    <name>ImportSheet</name>
    <message>
        <source>Import a dataset</source>
        <translation>데이터셋 가져오기</translation>
    </message>
    <message>
        <source>Choose a folder…</source>
        <translation>폴더 고르기…</translation>
    </message>
    <message>
        <source>Choose a file…</source>
        <translation>파일 고르기…</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>중지</translation>
    </message>
    <message>
        <source>The folder of the dataset</source>
        <translation>데이터셋 폴더</translation>
    </message>
    <message>
        <source>The file of the dataset</source>
        <translation>데이터셋 파일</translation>
    </message>
    <message>
        <source>What was left out, and why</source>
        <translation>제외된 것과 그 까닭</translation>
    </message>
    <message>
        <source>COCO, as this program, CVAT, Roboflow and Label Studio write it, or labelme: the folder of photos and masks, or its file. The photos stay where they are, so keep the folder. What is there already stays as it is.</source>
        <translation>이 프로그램, CVAT, Roboflow, Label Studio가 쓰는 COCO 또는 labelme: 사진과 마스크의 폴더나 그 파일. 사진은 그 자리에 남으니 폴더를 지우지 마세요. 이미 있는 것은 그대로 둡니다.</translation>
    </message>
    <message>
        <source>COCO and labelme files ({0})</source>
        <translation>COCO와 labelme 파일 ({0})</translation>
    </message>
</context>
<context>
    <name>ImportOffer</name>
    <message>
        <source>{0} holds masks of its photos.</source>
        <translation>{0}에 사진의 마스크도 있습니다.</translation>
    </message>
    <message>
        <source>Import them</source>
        <translation>가져오기</translation>
    </message>
    <message>
        <source>Leave the masks</source>
        <translation>마스크는 두기</translation>
    </message>
    <message>
        <source>Photos and masks, as by “Import a dataset…”</source>
        <translation>“데이터셋 가져오기…”처럼 사진과 마스크를 가져옵니다</translation>
    </message>
</context>
<context>
    <name>ImportFlow</name>
    <message>
        <source>Importing {0}</source>
        <translation>가져오는 중 {0}</translation>
    </message>
</context>
<context>
    <name>DatasetImport</name>
    <message>
        <source>The import cannot be started ({0}); try again.</source>
        <translation>가져오기를 시작할 수 없습니다({0}). 다시 시도하세요.</translation>
    </message>
    <message>
        <source>The import ended unexpectedly; try again.</source>
        <translation>가져오기가 뜻밖에 끝났습니다. 다시 시도하세요.</translation>
    </message>
</context>
</TS>
